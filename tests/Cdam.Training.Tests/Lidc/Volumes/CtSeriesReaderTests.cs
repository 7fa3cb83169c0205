using Cdam.Training.Lidc.Volumes;
using Cdam.Training.Tests.Lidc.Dicom;

namespace Cdam.Training.Tests.Lidc.Volumes;

public sealed class CtSeriesReaderTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly List<string> _files = [];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Read_AnyOrderOfFiles_OrdersByPosition()
    {
        Add(30, "1.3");
        Add(10, "1.1");
        Add(20, "1.2");
        var series = Read();
        Assert.Equal(["1.1", "1.2", "1.3"], series.Slices.Select(slice => slice.SopInstanceUid));
        Assert.Equal(10, series.Geometry.Slices.MedianSpacing);
        Assert.Equal(2, series.SliceOfSop["1.3"]);
        Assert.Empty(series.Warnings);
    }

    [Fact]
    public void Read_NormalTowardsTheFeet_OrdersAlongTheNormal()
    {
        // The columns run towards the front, so x × y points to the feet.
        Add(10, "1.1", orientation: @"1\0\0\0\-1\0");
        Add(20, "1.2", orientation: @"1\0\0\0\-1\0");
        var series = Read();
        Assert.Equal(["1.2", "1.1"], series.Slices.Select(slice => slice.SopInstanceUid));
        var corner = series.Geometry.ToPatient(1, 2, series.Geometry.Slices[1]);
        Assert.Equal(new Vector3D(0.5, -1.5, 10), corner);
        Assert.Equal(new Vector3D(1, 2, 1), series.Geometry.ToVoxel(corner));
    }

    [Fact]
    public void Read_DuplicatePositions_KeepTheLowestInstanceNumberAndWarn()
    {
        Add(10, "1.1");
        Add(20, "1.2", instance: 9);
        Add(20, "1.3", instance: 4);
        Add(30, "1.4");
        var series = Read();
        Assert.Equal(["1.1", "1.3", "1.4"], series.Slices.Select(slice => slice.SopInstanceUid));
        Assert.Equal(1, series.SliceOfSop["1.2"]);
        Assert.Equal(
            "1 positions have more than one slice, the first at 20 mm (instance numbers 4, 9); the lowest number is used", Assert.Single(series.Warnings));
    }

    [Fact]
    public void Read_MissingSlices_AreCountedAndTheirPlaceKept()
    {
        foreach (var z in new[] { 0, 2, 4, 10, 12, 14, 18 })
        {
            Add(z, $"1.{z}");
        }

        var series = Read();
        Assert.Equal(7, series.Geometry.Slices.Count);
        Assert.Equal(2.5, series.Geometry.Slices.ToIndex(7));
        Assert.StartsWith("3 slices are missing in 2 gaps, the first between 4 and 10 mm where slices are 2 mm apart", Assert.Single(series.Warnings));
    }

    [Fact]
    public void Read_UnevenSpacing_Warns()
    {
        foreach (var z in new[] { 0, 2, 4, 6.5, 8 })
        {
            Add(z, $"1.{z}");
        }

        Assert.StartsWith("2 of 4 distances between slices differ by more than 10 % from their median, 2 mm", Assert.Single(Read().Warnings));
    }

    [Fact]
    public void Read_MixedSlices_AreRefused()
    {
        Add(10, "1.1");
        Refused(new TestSlice { Series = "9.9" }, "(0020,000E) Series Instance UID is 9.9; the other slices of the folder have 1.2.3");
        Refused(new TestSlice { Patient = "X" }, "(0010,0020) Patient ID is X");
        Refused(new TestSlice { Rows = 2, Columns = 3 }, "(0028,0010) Rows is 2; the other slices of the folder have 3");
        Refused(new TestSlice { Rows = 6, Columns = 1 }, "(0028,0010) Rows is 6");
        Refused(new TestSlice { Spacing = @"0.75\0.51" }, "(0028,0030) Pixel Spacing");
        Refused(new TestSlice { Orientation = @"0\1\0\-1\0\0" }, "(0020,0037) Image Orientation (Patient)");
        Refused(new TestSlice { Position = @"1\0\20" }, "(0020,0032) Image Position (Patient) lies 2 pixels beside");
        Refused(new TestSlice { Sop = "1.1", Position = @"0\0\20" }, "(0008,0018) SOP Instance UID \"1.1\" is another slice's, too");
        Refused(new TestSlice { Position = @"0\0\10" }, "all slices lie at one position");
    }

    [Fact]
    public void Read_OtherModalities_AreLeftOut()
    {
        Add(10, "1.1");
        Add(20, "1.2");
        _files.Add(_scratch.Write("x.dcm", new TestSlice { Modality = "SR", Series = "7" }.ToFile()));
        Assert.Equal(2, Read().Slices.Count);
        Assert.Null(CtSeriesReader.Read([_files[^1]]));
    }

    private CtSeries Read() => CtSeriesReader.Read(_files)!;

    private void Add(double z, string sop, int instance = 1, string orientation = @"1\0\0\0\1\0") => _files.Add(_scratch.Write(
        $"{sop}.dcm", new TestSlice { Position = $@"0\0\{z}", Sop = sop, InstanceNumber = instance, Orientation = orientation }.ToFile()));

    private void Refused(TestSlice slice, string part)
    {
        var placed = slice.Position == new TestSlice().Position ? slice with { Position = @"0\0\20" } : slice;
        var path = _scratch.Write("other.dcm", placed.ToFile());
        Refusal.Assert(() => CtSeriesReader.Read([.. _files, path]), part);
    }
}
