namespace Cdam.Training.Lidc.Annotations;

/// <summary>Where a pixel lies with respect to a contour.</summary>
internal enum PixelKind : byte
{
    /// <summary>Outside it.</summary>
    Outside,

    /// <summary>Its centre lies on it.</summary>
    Contour,

    /// <summary>Inside it.</summary>
    Enclosed,
}
