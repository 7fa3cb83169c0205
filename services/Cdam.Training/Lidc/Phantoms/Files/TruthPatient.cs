namespace Cdam.Training.Lidc.Phantoms.Files;

/// <summary>A phantom's scan.</summary>
/// <param name="Patient">As the folder is named.</param>
/// <param name="SeriesUid">Of the scan.</param>
/// <param name="SpacingMm">Of columns, rows and slices.</param>
/// <param name="Nodules">Those of 3 mm and more.</param>
public sealed record TruthPatient(string Patient, string SeriesUid, IReadOnlyList<double> SpacingMm, IReadOnlyList<TruthNodule> Nodules);
