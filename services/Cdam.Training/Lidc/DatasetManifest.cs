namespace Cdam.Training.Lidc;

/// <summary>What <c>dataset.json</c> holds.</summary>
internal sealed record DatasetManifest
{
    public const string FileName = "dataset.json";

    public const int CurrentVersion = 1;

    public required int FormatVersion { get; init; }

    /// <summary>Side of a crop's voxel in mm.</summary>
    public required double VoxelMm { get; init; }

    /// <summary>Voxels along each side of a crop.</summary>
    public required int Side { get; init; }

    /// <summary>Decides which patients go into which fold.</summary>
    public required ulong Seed { get; init; }

    public required int Folds { get; init; }

    public required IReadOnlyList<Nodule> Nodules { get; init; }

    public required IReadOnlyList<SkippedScan> Skipped { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}
