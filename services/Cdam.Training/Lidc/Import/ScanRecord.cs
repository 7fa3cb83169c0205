namespace Cdam.Training.Lidc.Import;

/// <summary>What is known of a folder once it is done: a file under <c>scans/</c>, by which an interrupted import goes on.</summary>
internal sealed record ScanRecord
{
    /// <summary>Of everything that the outcome depends on; another one means that the folder must be read again.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Relative to the imported folder.</summary>
    public required string Folder { get; init; }

    public required ScanOutcome Outcome { get; init; }

    /// <summary>Why it was skipped.</summary>
    public string? Reason { get; init; }

    /// <summary>The scan's series; null unless it was imported.</summary>
    public string? SeriesUid { get; init; }

    public IReadOnlyList<Nodule> Nodules { get; init; } = [];

    public int SmallNodules { get; init; }

    public int NonNodules { get; init; }

    public int TooFewReadings { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
