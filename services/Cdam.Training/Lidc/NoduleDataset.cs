using System.Runtime.InteropServices;
using Cdam.Attribution.Checkpoints;

namespace Cdam.Training.Lidc;

/// <summary>Nodules of CT scans with their crops: a folder that <see cref="Import.LidcImport"/> has written.</summary>
public sealed class NoduleDataset
{
    /// <summary>Voxels along each side of a crop.</summary>
    public const int Side = 32;

    /// <summary>The index, along each side, of the voxel whose centre is the nodule's: slice 16 of each view shows the middle.</summary>
    public const int CentreIndex = 16;

    /// <summary>Side of a voxel in mm.</summary>
    public const double VoxelMm = 1;

    /// <summary>Hounsfield units of what lies outside the scan: air.</summary>
    public const short Padding = -1000;

    private NoduleDataset(string folder, DatasetManifest manifest)
    {
        Folder = folder;
        Seed = manifest.Seed;
        Folds = manifest.Folds;
        Nodules = manifest.Nodules;
        Skipped = manifest.Skipped;
        Warnings = manifest.Warnings;
    }

    /// <summary>The folder as given to <see cref="Open"/>.</summary>
    public string Folder { get; }

    /// <summary>The seed that the folds were drawn with.</summary>
    public ulong Seed { get; }

    /// <summary>Number of folds.</summary>
    public int Folds { get; }

    /// <summary>In the order of the scans' folders.</summary>
    public IReadOnlyList<Nodule> Nodules { get; }

    /// <summary>Scans that could not be imported.</summary>
    public IReadOnlyList<SkippedScan> Skipped { get; }

    /// <summary>What was odd but could be used, each with its scan.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Reads <c>dataset.json</c> and checks everything that it says, and the form of each crop's file.</summary>
    /// <exception cref="LidcException">There is no data set, or it breaks rules (all of its description's faults are named).</exception>
    /// <exception cref="CheckpointException">A crop's file is missing or damaged.</exception>
    public static NoduleDataset Open(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder, DatasetManifest.FileName);
        if (!File.Exists(path))
        {
            throw new LidcException($"{path}: is not there; `cdam lidc import` makes a data set");
        }

        var manifest = DatasetJson.Read<DatasetManifest>(path);
        if (DatasetRules.Faults(manifest).ToList() is { Count: > 0 } faults)
        {
            throw new LidcException($"{path}: {string.Join("; ", faults)}");
        }

        var dataset = new NoduleDataset(folder, manifest);
        foreach (var nodule in dataset.Nodules)
        {
            dataset.OpenFile(nodule).Dispose();
        }

        return dataset;
    }

    /// <summary>Reads a nodule's crop: 32 × 32 × 32 Hounsfield units in the order z (towards the head), y (back), x (left).</summary>
    /// <exception cref="CheckpointException">The file cannot be read.</exception>
    public short[] ReadCrop(Nodule nodule)
    {
        using var file = OpenFile(nodule);
        return MemoryMarshal.Cast<byte, short>(file.Tensors[NoduleCrop.CropName].ReadBytes()).ToArray();
    }

    /// <summary>Reads a nodule's 50 % consensus: as many bytes in the same order, 1 for the nodule, 0 for the rest.</summary>
    /// <exception cref="CheckpointException">The file cannot be read.</exception>
    /// <exception cref="LidcException">A byte is neither 0 nor 1.</exception>
    public byte[] ReadMask(Nodule nodule)
    {
        using var file = OpenFile(nodule);
        var mask = file.Tensors[NoduleCrop.MaskName].ReadBytes();
        return mask.AsSpan().ContainsAnyExceptInRange<byte>(0, 1)
            ? throw new LidcException($"{file.Path}: tensor '{NoduleCrop.MaskName}' has {mask.Max()} among its values; must be 0 or 1")
            : mask;
    }

    private Checkpoint OpenFile(Nodule nodule) => NoduleCrop.Open(Path.Combine(Folder, nodule.File));
}
