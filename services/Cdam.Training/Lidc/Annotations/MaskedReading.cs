namespace Cdam.Training.Lidc.Annotations;

/// <summary>A reading with the voxels that it encloses.</summary>
/// <param name="Reading">What was drawn and rated.</param>
/// <param name="Mask">The enclosed voxels, at least one.</param>
/// <param name="Diameter">
/// Millimetres: the largest distance of two points of one contour, over all slices, as pylidc has it. Contours run just outside the
/// nodule, so this is up to two pixels more than the mask's own extent.
/// </param>
internal sealed record MaskedReading(NoduleReading Reading, VoxelMask Mask, double Diameter);
