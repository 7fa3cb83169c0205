namespace Cdam.Attribution.Catalogue;

/// <summary>Names of outputs that come with this library.</summary>
public enum OutputSet
{
    /// <summary>The 1000 classes of ILSVRC2012: <see cref="ImageNetClasses"/>.</summary>
    Imagenet,
}
