namespace Cdam.Training.Lidc.Annotations;

/// <summary>What an annotation file says of a scan.</summary>
/// <param name="Path">The file.</param>
/// <param name="SeriesUid">The scan's series; null where the file does not say.</param>
/// <param name="Readings">Readings of nodules of at least 3 mm that could be used.</param>
/// <param name="SmallNodules">How many marks are of nodules below 3 mm: one point, not rated. They are not used.</param>
/// <param name="NonNodules">How many marks are of no nodule. They are not used.</param>
/// <param name="Warnings">Readings that were left out, and why.</param>
internal sealed record ScanAnnotations(
    string Path, string? SeriesUid, IReadOnlyList<NoduleReading> Readings, int SmallNodules, int NonNodules, IReadOnlyList<string> Warnings);
