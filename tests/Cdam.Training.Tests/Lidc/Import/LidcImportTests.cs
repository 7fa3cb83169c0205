using Cdam.Training.Lidc;
using Cdam.Training.Lidc.Import;

namespace Cdam.Training.Tests.Lidc.Import;

public sealed class LidcImportTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>
    /// Least Dice: a mask of whole voxels of 0.7 × 0.7 × 1.25 mm, on a grid that does not match the crop's, reached 0.95 to 0.97 for spheres of this size at
    /// random places, one of 0.7 × 0.7 × 2.5 mm 0.88 to 0.93.
    /// </summary>
    [Theory]
    [InlineData(0.7, 1.25, 0.94)]
    [InlineData(0.7, 2.5, 0.88)]
    public void Run_Sphere_RecoversCentreMaskAndRatings(double pixel, double spacing, double leastDice)
    {
        // Four readings of radii 4.5, 5, 5, 6 mm: at least two of them enclose the sphere of 5 mm.
        (double X, double Y, double Z) centre = (3.2, -4.1, 1.7);
        double[] radii = [4.5, 5, 5, 6];
        Write(new TestScan
        {
            Pixel = pixel,
            Spacing = spacing,
            Slices = (int)(50 / spacing),
            Hounsfield = (x, y, z) => Inside(x, y, z, 5) ? 40 : -800,
            Readings = [.. radii.Select((radius, i) => TestReading.Sphere(i, centre.X, centre.Y, centre.Z, radius, malignancy: i + 1))],
        });
        var summary = Run();
        var dataset = NoduleDataset.Open(Output);
        var nodule = Assert.Single(dataset.Nodules);
        Assert.Equal(["5 folds share 1 patients: some stay empty"], summary.Warnings);
        Assert.Equal(("LIDC-IDRI-0001", "1.2.3", 4), (nodule.Patient, nodule.SeriesUid, nodule.Readings));
        Assert.All(nodule.CentreMm.Zip(new[] { centre.X, centre.Y, centre.Z }), pair => Assert.Equal(pair.Second, pair.First, 0.5 * spacing));
        Assert.Equal((2.5, NoduleLabel.Benign), (nodule.Malignancy, nodule.Label));
        // Sessions rate subtlety 1, 2, 3, 4; the diameter is that of the contours, whose pixels lie up to one outside on each side.
        Assert.Equal(nodule.Biomarkers with { Diameter = 0 }, new Biomarkers(2.5, 6, 5, 1, 2, 0, 5, 4));
        Assert.InRange(nodule.Biomarkers.Diameter, 2 * radii.Average() - pixel, 2 * radii.Average() + 3 * pixel);
        Assert.InRange(Dice(dataset, nodule, (x, y, z) => Inside(x, y, z, 5)), leastDice, 1);
        var crop = dataset.ReadCrop(nodule);
        Assert.Equal((40, -800), (crop[(16 * 32 + 16) * 32 + 16], crop[0]));

        bool Inside(double x, double y, double z, double radius) =>
            Math.Pow(x - centre.X, 2) + Math.Pow(y - centre.Y, 2) + Math.Pow(z - centre.Z, 2) <= radius * radius;
    }

    [Fact]
    public void Run_CentreVoxel_IsTheSameAsCentreMm()
    {
        var scan = Write(new TestScan { Direction = (-1, 1), Readings = [TestReading.Sphere(0, 6, 2, -3, 5)] });
        Run();
        var nodule = Assert.Single(NoduleDataset.Open(Output).Nodules);
        Assert.Equal(scan.Place(0, 0, 0).X - 0.7 * nodule.CentreVoxel[0], nodule.CentreMm[0], 1e-9);
        Assert.Equal(scan.Place(0, 0, 0).Y + 0.7 * nodule.CentreVoxel[1], nodule.CentreMm[1], 1e-9);
        // Rows from left to right, columns to the back: the normal points to the feet, so the first slice is the highest.
        Assert.Equal(scan.Place(0, 0, scan.Slices - 1).Z - 2.5 * nodule.CentreVoxel[2], nodule.CentreMm[2], 1e-9);
    }

    [Fact]
    public void Run_SeveralScans_SkipsTheDamagedAndImportsTheRest()
    {
        Write(Nodules("A", "1.1", 5, 1));
        var cut = Nodules("B", "1.2", 5).Write(_scratch.PathOf("in"));
        var file = Directory.GetFiles(cut, "*.dcm").Order().First();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..2000]);
        Write(Nodules("C", "1.3", 3) with { IsAnnotated = false });
        Write(Nodules("D", "1.4", 3));
        File.WriteAllText(_scratch.PathOf("in", "D", "1.1", "1.4", "annotations.xml"), "<LidcReadMessage");
        Write(Nodules("E", "1.5", 3));
        File.Copy(_scratch.PathOf("in", "E", "1.1", "1.5", "annotations.xml"), _scratch.PathOf("in", "E", "1.1", "1.5", "copy.xml"));
        _scratch.Write("in/F/dx/x.dcm", new Dicom.TestSlice { Modality = "DX" }.ToFile());
        Write(Nodules("G", "1.7", 3, 2));
        var foreign = _scratch.PathOf("in", "G", "1.1", "1.7", "annotations.xml");
        File.WriteAllText(foreign, File.ReadAllText(foreign).Replace("<SeriesInstanceUid>1.7<", "<SeriesInstanceUid>7.7<", StringComparison.Ordinal));
        Write(Nodules("H", "1.8", 3));

        var summary = Run();
        Assert.Equal((2, 3, 1), (summary.Scans, summary.Nodules.Count, summary.Ignored));
        Assert.Equal(["B/1.1/1.2", "C/1.1/1.3", "D/1.1/1.4", "E/1.1/1.5", "G/1.1/1.7"], summary.Skipped.Select(skipped => skipped.Path));
        Assert.StartsWith($"B/1.1/1.2/{Path.GetFileName(file)}: (7FE0,0010) Pixel Data has", summary.Skipped[0].Reason, StringComparison.Ordinal);
        Assert.Equal("has no XML file with a LidcReadMessage; a scan needs one", summary.Skipped[1].Reason);
        Assert.StartsWith("D/1.1/1.4/annotations.xml: ", summary.Skipped[2].Reason, StringComparison.Ordinal);
        Assert.Equal("has 2 XML files with annotations of its series; must have one", summary.Skipped[3].Reason);
        Assert.EndsWith("SeriesInstanceUid is 7.7; must be that of the slices, 1.7", summary.Skipped[4].Reason, StringComparison.Ordinal);
        var dataset = NoduleDataset.Open(Output);
        Assert.Equal(summary.Skipped, dataset.Skipped);
        Assert.Equal(["A", "A", "H"], dataset.Nodules.Select(nodule => nodule.Patient));
        Assert.Equal([NoduleLabel.Malignant, NoduleLabel.Benign, null], dataset.Nodules.Select(nodule => nodule.Label));
    }

    [Fact]
    public void Run_SeriesInTwoFolders_CountsOnce()
    {
        Write(Nodules("A", "1.1", 5, 1));
        Write(Nodules("A", "1.1", 5), "in/copy");
        var summary = Run();
        Assert.Equal("has the same series as A/1.1/1.1; a series counts once", Assert.Single(summary.Skipped).Reason);
        Assert.Equal(2, NoduleDataset.Open(Output).Nodules.Count);
        Assert.Equal(Run(threads: 1).Nodules.Select(nodule => nodule.Id), summary.Nodules.Select(nodule => nodule.Id));
    }

    [Fact]
    public void Run_FewReadings_AreLeftOut()
    {
        Write(new TestScan { Readings = [TestReading.Sphere(0, -8, 0, 0, 4), TestReading.Sphere(1, -8, 0, 0, 4), TestReading.Sphere(0, 8, 0, 0, 4)] });
        Assert.Equal(2, Run().Nodules.Count);
        var summary = Run(minReadings: 2);
        Assert.Equal((1, 1), (summary.Nodules.Count, summary.TooFewReadings));
        Assert.Single(Directory.GetFiles(Path.Combine(Output, "nodules")));
    }

    [Fact]
    public void Run_NothingToImport_WritesNoDataset()
    {
        Refusal.Assert(() => Run(), "is not a folder");
        Directory.CreateDirectory(_scratch.PathOf("in"));
        Refusal.Assert(() => Run(), "holds no *.dcm file");
        Write(new TestScan { IsAnnotated = false });
        Assert.Equal(0, Run().Scans);
        Assert.False(File.Exists(Path.Combine(Output, "dataset.json")));
        Refusal.Assert(() => Run(threads: 0), "threads is 0; must be at least 1");
        Refusal.Assert(() => Run(minReadings: 0), "min-readings is 0; must be at least 1");
    }

    private static TestScan Nodules(string patient, string series, params int[] malignancies) => new()
    {
        Patient = patient,
        Series = series,
        Side = 48,
        Slices = 10,
        Readings = [.. malignancies.Select((malignancy, i) => TestReading.Sphere(0, 20 * i - 10, 0, 0, 4, malignancy))],
    };

    private static double Dice(NoduleDataset dataset, Nodule nodule, Func<double, double, double, bool> truth)
    {
        var mask = dataset.ReadMask(nodule);
        var (both, sum) = (0, 0);
        for (var i = 0; i < mask.Length; i++)
        {
            var isTrue = truth(nodule.CentreMm[0] + i % 32 - 16, nodule.CentreMm[1] + i / 32 % 32 - 16, nodule.CentreMm[2] + i / 1024 - 16);
            both += isTrue && mask[i] == 1 ? 1 : 0;
            sum += (isTrue ? 1 : 0) + mask[i];
        }

        return 2.0 * both / sum;
    }

    private string Output => _scratch.PathOf("out");

    private TestScan Write(TestScan scan, string root = "in")
    {
        scan.Write(_scratch.PathOf(root));
        return scan;
    }

    private ImportSummary Run(int minReadings = 1, int threads = 2) => LidcImport.Run(
        new LidcImportOptions { Folder = _scratch.PathOf("in"), Output = Output, MinReadings = minReadings, Threads = threads });
}
