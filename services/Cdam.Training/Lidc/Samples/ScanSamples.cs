using Cdam.Training.Lidc.Import;
using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Lidc.Samples;

/// <summary>Cuts the surroundings of nodules out of scans, small enough for a web page.</summary>
public static class ScanSamples
{
    /// <summary>
    /// Hounsfield units are rounded to multiples of this: an error of 1.2 (standard deviation) beneath phantoms' noise of 18 to 38, and more
    /// than a quarter less to store.
    /// </summary>
    private const int Step = 4;

    /// <summary>Writes a volume for each patient, and <see cref="SampleList.FileName"/>.</summary>
    /// <param name="scans">The folder that the data set was imported from.</param>
    /// <param name="dataset">Where the nodules are described.</param>
    /// <param name="nodules">Ids of nodules; those of one patient share a volume.</param>
    /// <param name="margin">Millimetres around the nodules' centres, 17 or more: what models look at.</param>
    /// <param name="output">Made where it does not exist.</param>
    /// <param name="cancellation">Looked at before each slice.</param>
    /// <exception cref="LidcException">A nodule is not in the data set, its scan not in the folder, or the margin too small.</exception>
    public static SampleList Write(
        string scans, NoduleDataset dataset, IReadOnlyList<string> nodules, double margin, string output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(nodules);
        if (!(margin >= 17))
        {
            throw new LidcException($"margin is {margin}; must be 17 mm or more, which models look at");
        }

        var chosen = nodules.Select(id => Find(dataset, id)).ToLookup(nodule => nodule.SeriesUid);
        Directory.CreateDirectory(output);
        var samples = chosen.Select(group => Cut(Series(scans, group.First(), cancellation), [.. group], margin, output, cancellation));
        var list = new SampleList([.. samples]);
        DatasetJson.Write(Path.Combine(output, SampleList.FileName), list);
        return list;
    }

    private static Nodule Find(NoduleDataset dataset, string id) => dataset.Nodules.FirstOrDefault(nodule => nodule.Id == id)
        ?? throw new LidcException($"{dataset.Folder}: has no nodule '{id}'; it has {string.Join(", ", dataset.Nodules.Select(nodule => nodule.Id))}");

    private static CtSeries Series(string scans, Nodule nodule, CancellationToken cancellation)
    {
        var below = ScanFolder.Find(scans, []);
        var likely = below.OrderByDescending(scan => scan.Name.Contains(nodule.Patient, StringComparison.Ordinal));
        return likely.Select(scan => CtSeriesReader.Read(scan.DicomFiles, cancellation)).FirstOrDefault(series => series?.SeriesInstanceUid == nodule.SeriesUid)
            ?? throw new LidcException($"{scans}: has no scan with the series {nodule.SeriesUid} of {nodule.Patient}");
    }

    private static ScanSample Cut(CtSeries series, IReadOnlyList<Nodule> nodules, double margin, string output, CancellationToken cancellation)
    {
        var box = SampleBox.Around(series, nodules, margin);
        var volume = CtVolume.Load(series, box.Bottom, box.Depth, cancellation);
        var voxels = new short[box.Width * box.Height * box.Depth];
        for (var i = 0; i < voxels.Length; i++)
        {
            var unit = volume[i / box.Width / box.Height, box.Top + (i / box.Width % box.Height), box.Left + (i % box.Width)];
            voxels[i] = Rounded(unit);
        }

        // Ids are plain file names, which patients' own need not be.
        var file = $"{nodules[0].Id}.nrrd";
        NrrdFile.Write(
            Path.Combine(output, file), box, new Vector3D(series.Geometry.SpacingX, series.Geometry.SpacingY, series.Geometry.Slices.MedianSpacing), voxels);
        return new ScanSample(series.PatientId, file, [.. nodules.Select(nodule => Place(nodule, box))]);
    }

    /// <summary>The nearest multiple of <see cref="Step"/> that an int16 holds, of two as near the even one.</summary>
    internal static short Rounded(short unit) => (short)Math.Min(Math.Round(unit / (double)Step) * Step, short.MaxValue / Step * Step);

    private static SampleNodule Place(Nodule nodule, SampleBox box) => new(
        nodule.Id,
        [.. nodule.CentreVoxel.Zip([box.Left, box.Top, box.Bottom], (at, first) => Math.Round(at - first, 2))],
        nodule.Readings, nodule.Malignancy, nodule.Biomarkers);
}
