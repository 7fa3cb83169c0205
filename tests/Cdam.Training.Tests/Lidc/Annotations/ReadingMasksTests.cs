using Cdam.Training.Lidc.Annotations;
using Cdam.Training.Lidc.Volumes;
using Cdam.Training.Tests.Lidc.Dicom;

namespace Cdam.Training.Tests.Lidc.Annotations;

public sealed class ReadingMasksTests : IDisposable
{
    private static readonly (int X, int Y)[] Square = [(2, 2), (6, 2), (6, 6), (2, 6)];
    private static readonly Characteristics Rated = new(1, 1, 1, 1, 1, 1, 1, 1);

    private readonly ScratchFolder _scratch = new();
    private readonly ReadingMasks _masks;

    public ReadingMasksTests()
    {
        // 10 × 10 pixels of 0.5 mm along rows and 2 mm along columns; slices at 0, 3, 6 mm.
        var files = Enumerable.Range(0, 3).Select(k => _scratch.Write($"{k}.dcm", new TestSlice
        {
            Sop = $"1.{k}", Position = $@"0\0\{3 * k}", Rows = 10, Columns = 10, Pixels = new short[100], Spacing = @"2\0.5",
        }.ToFile()));
        _masks = new ReadingMasks(CtSeriesReader.Read(files)!);
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Fill_ByUid_TakesTheSliceAndTheInside()
    {
        var mask = Assert.Single(Fill(new Outline("1.1", 999, false, Square))).Mask;
        Assert.Equal(9, mask.Count);
        Assert.True(mask[3, 3, 1] && mask[5, 5, 1]);
        Assert.False(mask[2, 3, 1] || mask[6, 6, 1] || mask[3, 3, 0]);
    }

    [Theory]
    [InlineData(6.0, 2)]
    [InlineData(3.7, 1)]
    public void Fill_WithoutKnownUid_TakesTheSliceAtThePosition(double z, int slice)
    {
        var mask = Assert.Single(Fill(new Outline("unknown", z, false, Square))).Mask;
        Assert.Equal((slice, 1), (mask.Z0, mask.Depth));
    }

    [Fact]
    public void Fill_BetweenSlices_LeavesThatContourOutAndWarns()
    {
        var mask = Assert.Single(Fill(new Outline(null, 4.5, false, Square), new Outline("1.0", 0, false, Square))).Mask;
        Assert.Equal((0, 1), (mask.Z0, mask.Depth));
        Assert.EndsWith("1 of 2 contours lie on slices that the scan lacks; they are left out", Assert.Single(_masks.Warnings));
    }

    [Fact]
    public void Fill_Hole_IsCutOutWithItsContour()
    {
        var hole = new Outline("1.0", 0, true, [(3, 3), (5, 3), (5, 5), (3, 5)]);
        Assert.Empty(Fill(new Outline("1.0", 0, false, Square), hole));
        (int X, int Y)[] larger = [(1, 1), (7, 1), (7, 7), (1, 7)];
        var mask = Assert.Single(Fill(hole, new Outline("1.0", 0, false, larger))).Mask;
        // 5 × 5 enclosed, 3 × 3 of them within or on the hole's contour.
        Assert.Equal(25 - 9, mask.Count);
        Assert.False(mask[4, 4, 0] || mask[3, 3, 0]);
        Assert.True(mask[2, 2, 0]);
    }

    [Fact]
    public void Fill_TwoPartsInASlice_AreBothTaken()
    {
        var mask = Assert.Single(Fill(
            new Outline("1.0", 0, false, [(0, 0), (2, 0), (2, 2), (0, 2)]), new Outline("1.0", 0, false, [(5, 5), (7, 5), (7, 7), (5, 7)]))).Mask;
        Assert.Equal([(1, 1, 0), (6, 6, 0)], mask.Voxels());
    }

    [Fact]
    public void Fill_Diameter_IsTheLargestInPlaneDistanceOfContourPoints()
    {
        // 4 pixels of 0.5 mm along x, 4 of 2 mm along y: the diagonal. Points of different slices are never compared.
        var reading = Assert.Single(Fill(new Outline("1.0", 0, false, Square), new Outline("1.2", 6, false, [(8, 8)])));
        Assert.Equal(Math.Sqrt(2 * 2 + 8 * 8), reading.Diameter, 1e-12);
    }

    [Fact]
    public void Fill_OutsideTheSlice_IsLeftOutWithNumbers()
    {
        Assert.Empty(Fill(new Outline("1.0", 0, false, [(2, 2), (10, 2), (5, 5)])));
        Assert.EndsWith("is left out: it spans columns 2 to 10 and rows 2 to 5 of 10 × 10 pixels", Assert.Single(_masks.Warnings));
    }

    [Fact]
    public void Fill_WithoutContour_IsLeftOut()
    {
        Assert.Empty(Fill(new Outline("1.0", 0, true, Square)));
        Assert.EndsWith("is left out: it has no contour", Assert.Single(_masks.Warnings));
    }

    [Fact]
    public void Fill_EnclosingNoPixel_IsLeftOut()
    {
        Assert.Empty(Fill(new Outline("1.0", 0, false, [(2, 2), (3, 2), (3, 3)])));
        Assert.EndsWith("is left out: it encloses no pixel", Assert.Single(_masks.Warnings));
    }

    [Fact]
    public void Fill_TooLarge_IsLeftOut()
    {
        var files = Enumerable.Range(0, 2).Select(k => _scratch.Write($"large{k}.dcm", new TestSlice
        {
            Sop = $"1.{k}", Position = $@"0\0\{k}", Rows = 120, Columns = 120, Pixels = new short[120 * 120], Spacing = @"1\1",
        }.ToFile()));
        var masks = new ReadingMasks(CtSeriesReader.Read(files)!);
        Assert.Empty(masks.Fill([new NoduleReading(0, "N", Rated, [new Outline("1.0", 0, false, [(1, 1), (111, 1), (50, 9)])])]));
        Assert.EndsWith("it spans 110 mm; a nodule may span 100", Assert.Single(masks.Warnings));
    }

    private List<MaskedReading> Fill(params Outline[] outlines) => _masks.Fill([new NoduleReading(0, "N", Rated, outlines)]);
}
