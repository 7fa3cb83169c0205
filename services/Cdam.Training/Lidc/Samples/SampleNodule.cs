namespace Cdam.Training.Lidc.Samples;

/// <summary>A nodule of a sample, with what its readers said of it.</summary>
/// <param name="Id">As in the data set.</param>
/// <param name="CentreVoxel">Column, row and slice of the sample's volume, from 0, with fractions.</param>
/// <param name="Readings">How many radiologists read it.</param>
/// <param name="Malignancy">Mean over the readings, 1 highly unlikely to 5 highly suspicious.</param>
/// <param name="Biomarkers">Means over the readings.</param>
public sealed record SampleNodule(string Id, IReadOnlyList<double> CentreVoxel, int Readings, double Malignancy, Biomarkers Biomarkers);
