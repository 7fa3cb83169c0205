namespace Cdam.Training.Lidc.Phantoms.Readings;

/// <summary>One radiologist's mark of a nodule of 3 mm and more.</summary>
/// <param name="Nodule">Which of the patient's.</param>
/// <param name="Characteristics">The ratings.</param>
/// <param name="Mask">What the radiologist takes for the nodule.</param>
internal sealed record NoduleReading(int Nodule, Characteristics Characteristics, VoxelMask Mask);
