namespace Cdam.Training.Lidc.Import;

/// <summary>What an import has found.</summary>
public sealed record ImportSummary
{
    /// <summary>Scans in the data set.</summary>
    public required int Scans { get; init; }

    /// <summary>How many of the folders were taken over from an earlier run, unchanged.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Folders without any CT image: radiographs, segmentations, reports.</summary>
    public required int Ignored { get; init; }

    /// <summary>In the order of the scans' folders.</summary>
    public required IReadOnlyList<Nodule> Nodules { get; init; }

    /// <summary>Marks of nodules below 3 mm, not used.</summary>
    public required int SmallNodules { get; init; }

    /// <summary>Marks of what is no nodule, not used.</summary>
    public required int NonNodules { get; init; }

    /// <summary>Nodules with too few readings.</summary>
    public required int TooFewReadings { get; init; }

    /// <summary>Scans that could not be used.</summary>
    public required IReadOnlyList<SkippedScan> Skipped { get; init; }

    /// <summary>What was odd but could be used, each with its scan.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
