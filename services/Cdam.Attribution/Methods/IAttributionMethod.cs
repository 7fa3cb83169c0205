using Cdam.Attribution.ClosedForm;

namespace Cdam.Attribution.Methods;

/// <summary>An estimator. To add one is to add a file and a line in <see cref="MethodCatalog"/>.</summary>
internal interface IAttributionMethod
{
    /// <summary>Its facts.</summary>
    MethodDescription Description { get; }

    /// <summary>The parameters it has, with their defaults; null for those it lacks.</summary>
    MethodRequest Defaults { get; }

    /// <summary>Whether it needs <see cref="ImageState.Trace"/>: a forward pass that is recorded, image by image.</summary>
    bool NeedsTrace => false;

    /// <param name="image">The image after the forward pass.</param>
    /// <param name="parameters">Checked, defaults filled in.</param>
    /// <param name="heads">Whether the split by head is wanted.</param>
    MapTensors Explain(ImageState image, MethodRequest parameters, bool heads);
}
