namespace Cdam.Training.Lidc.Import;

/// <summary>What became of a folder.</summary>
internal enum ScanOutcome
{
    /// <summary>Its nodules are in the data set, if it has any.</summary>
    Imported,

    /// <summary>It holds no CT image.</summary>
    Ignored,

    /// <summary>It cannot be used.</summary>
    Skipped,
}
