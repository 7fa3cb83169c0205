namespace Cdam.Attribution.Volumes;

/// <summary>A value for each axis of a volume.</summary>
/// <param name="X">Across, the axis whose voxels are neighbours in memory.</param>
/// <param name="Y">Down.</param>
/// <param name="Z">From slice to slice.</param>
public readonly record struct Xyz(double X, double Y, double Z);
