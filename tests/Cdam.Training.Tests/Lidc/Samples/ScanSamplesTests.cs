using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Cdam.Training.Lidc;
using Cdam.Training.Lidc.Import;
using Cdam.Training.Lidc.Samples;

namespace Cdam.Training.Tests.Lidc.Samples;

/// <summary>Two nodules in a scan whose Hounsfield units tell their place.</summary>
public sealed class ScanSamplesTests : IDisposable
{
    private const double Margin = 17;

    private static readonly TestScan Scan = new()
    {
        Side = 80,
        Slices = 24,
        Hounsfield = (x, y, z) => 7 * x - 5 * y + 3 * z - 400,

        // The first lies so near the left border that the margin does not fit beside it.
        Readings =
        [
            TestReading.Sphere(0, -18, 4, 2, 6, malignancy: 4), TestReading.Sphere(1, -18, 4, 2, 6, malignancy: 5),
            TestReading.Sphere(0, 4, -6, -5, 5, malignancy: 2),
        ],
    };

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Write_NodulesOfOnePatient_CutsTheirSurroundingsOutOfTheScan()
    {
        var dataset = Import();
        var nodules = dataset.Nodules.OrderBy(nodule => nodule.CentreVoxel[0]).ToList();
        var list = ScanSamples.Write(_scratch.PathOf("in"), dataset, [.. nodules.Select(nodule => nodule.Id)], Margin, _scratch.PathOf("out"));

        var sample = Assert.Single(list.Patients);
        Assert.Equal((Scan.Patient, $"{nodules[0].Id}.nrrd"), (sample.Patient, sample.File));
        var (header, sizes, voxels) = Read(sample.File);
        Assert.Equal("(0.7,0,0) (0,0.7,0) (0,0,2.5)", header["space directions"]);
        Assert.Equal("left-posterior-superior", header["space"]);

        // Where the box begins, by the nodules' places in the scan and in the sample; rounded to hundredths there.
        var first = Enumerable.Range(0, 3).Select(axis => (int)Math.Round(nodules[0].CentreVoxel[axis] - sample.Nodules[0].CentreVoxel[axis])).ToArray();
        Assert.Equal(0, first[0]);
        var (expectedFirst, expectedSizes) = Extent(nodules);
        Assert.Equal(expectedFirst, first);
        Assert.Equal(expectedSizes, sizes);
        for (var i = 0; i < voxels.Length; i++)
        {
            var (x, y, z) = Scan.Place(first[0] + i % sizes[0], first[1] + i / sizes[0] % sizes[1], first[2] + i / sizes[0] / sizes[1]);

            // Half a step of 4, and half a unit that the scan itself rounds by.
            Assert.Equal(Scan.Hounsfield(x, y, z), voxels[i], 2.5);
            Assert.Equal(0, voxels[i] % 4);
        }
    }

    [Fact]
    public void Write_Nodules_ListsTheirPlacesAndReadings()
    {
        var dataset = Import();
        var wanted = dataset.Nodules.Single(nodule => nodule.Readings == 2);
        ScanSamples.Write(_scratch.PathOf("in"), dataset, [wanted.Id], Margin, _scratch.PathOf("out"));

        var list = DatasetJson.Read<SampleList>(_scratch.PathOf("out", "samples.json"));
        var nodule = Assert.Single(Assert.Single(list.Patients).Nodules);
        Assert.Equal((wanted.Id, 2, 4.5, wanted.Biomarkers), (nodule.Id, nodule.Readings, nodule.Malignancy, nodule.Biomarkers));

        // Its own volume begins 17 mm below the nodule's centre, or at the scan's border.
        Assert.Equal(wanted.CentreVoxel[0], nodule.CentreVoxel[0], 0.005);
        Assert.InRange(nodule.CentreVoxel[1], Margin / 0.7, Margin / 0.7 + 1);
        Assert.InRange(nodule.CentreVoxel[2], Margin / 2.5, Margin / 2.5 + 1);
    }

    [Fact]
    public void Write_WhatIsNotThere_IsRefused()
    {
        var dataset = Import();
        var known = dataset.Nodules[0].Id;
        Refusal.Assert(() => Write(dataset, "nobody-01", Margin), "has no nodule 'nobody-01'", known);
        Refusal.Assert(() => Write(dataset, known, 16.9), "margin is 16.9; must be 17 mm or more");
        Refusal.Assert(() => Write(dataset, known, double.NaN), "margin is NaN");
        Directory.Delete(_scratch.PathOf("in", Scan.Patient), recursive: true);
        Refusal.Assert(() => Write(dataset, known, Margin), "has no scan with the series 1.2.3");
        Assert.False(File.Exists(_scratch.PathOf("out", "samples.json")));
    }

    [Theory]
    [InlineData(-1001, -1000)]
    [InlineData(-999, -1000)]
    [InlineData(1, 0)]
    [InlineData(3, 4)]
    [InlineData(6, 8)]
    [InlineData(short.MinValue, short.MinValue)]
    [InlineData(short.MaxValue, 32764)] // the nearest multiple, 32768, is no int16
    public void Rounded_IsTheNearestMultipleThatFits(short unit, short expected) => Assert.Equal(expected, ScanSamples.Rounded(unit));


    /// <summary>Everything within the margin that the scan has, by the nodules' centres alone.</summary>
    private static (int[] First, int[] Sizes) Extent(List<Nodule> nodules)
    {
        double[] spacing = [Scan.Pixel, Scan.Pixel, Scan.Spacing];
        int[] scan = [Scan.Side, Scan.Side, Scan.Slices];
        var first = spacing.Select((mm, axis) => Math.Max(0, (int)Math.Floor(nodules.Min(nodule => nodule.CentreVoxel[axis]) - Margin / mm))).ToArray();
        var last = spacing.Select((mm, axis) => Math.Min(scan[axis] - 1, (int)Math.Ceiling(nodules.Max(nodule => nodule.CentreVoxel[axis]) + Margin / mm)));
        return (first, [.. last.Zip(first, (to, from) => to - from + 1)]);
    }

    private NoduleDataset Import()
    {
        Scan.Write(_scratch.PathOf("in"));
        LidcImport.Run(new LidcImportOptions { Folder = _scratch.PathOf("in"), Output = _scratch.PathOf("data"), Threads = 1 });
        return NoduleDataset.Open(_scratch.PathOf("data"));
    }

    private void Write(NoduleDataset dataset, string nodule, double margin) =>
        ScanSamples.Write(_scratch.PathOf("in"), dataset, [nodule], margin, _scratch.PathOf("out"));

    private (Dictionary<string, string> Header, int[] Sizes, short[] Voxels) Read(string file)
    {
        var bytes = File.ReadAllBytes(_scratch.PathOf("out", file));
        var start = bytes.AsSpan().IndexOf("\n\n"u8) + 2;
        var lines = Encoding.ASCII.GetString(bytes, 0, start).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("NRRD0004", lines[0]);
        var header = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(("int16", "3", "little", "gzip"), (header["type"], header["dimension"], header["endian"], header["encoding"]));
        using var unpacked = new MemoryStream();
        using (var packed = new GZipStream(new MemoryStream(bytes, start, bytes.Length - start), CompressionMode.Decompress))
        {
            packed.CopyTo(unpacked);
        }

        int[] sizes = [.. header["sizes"].Split(' ').Select(int.Parse)];
        var voxels = MemoryMarshal.Cast<byte, short>(unpacked.ToArray()).ToArray();
        Assert.Equal(sizes[0] * sizes[1] * sizes[2], voxels.Length);
        return (header, sizes, voxels);
    }
}
