using Cdam.Training.Lidc.Annotations;
using CsCheck;

namespace Cdam.Training.Tests.Lidc.Annotations;

public sealed class OutlineRasterTests
{
    [Fact]
    public void Raster_PixelsOnTheContour_AreNotEnclosed() => AssertRaster(
        [(0, 0), (4, 0), (4, 3), (0, 3)],
        "ccccc",
        "c###c",
        "c###c",
        "ccccc");

    [Fact]
    public void Raster_SlantedEdges_TakeExactlyTheCentresOnThem() => AssertRaster(
        [(3, 0), (6, 3), (3, 6), (0, 3)],
        "...c...",
        "..c#c..",
        ".c###c.",
        "c#####c",
        ".c###c.",
        "..c#c..",
        "...c...");

    [Fact]
    public void Raster_EdgeBetweenCentres_DecidesByTheCentre() => AssertRaster(
        [(0, 0), (5, 2), (0, 4)],
        "c.....",
        "c##...",
        "c####c",
        "c##...",
        "c.....");

    [Fact]
    public void Raster_ThinPart_EnclosesNothingThere() => AssertRaster(
        // Out along a line and back on it.
        [(0, 0), (2, 0), (2, 2), (5, 2), (2, 2), (0, 2)],
        "ccc...",
        "c#c...",
        "cccccc");

    [Fact]
    public void Raster_DrawnTwice_IsStillEnclosed() => AssertRaster(
        [(0, 0), (2, 0), (2, 2), (0, 2), (0, 0), (2, 0), (2, 2), (0, 2)],
        "ccc",
        "c#c",
        "ccc");

    [Fact]
    public void Raster_OnePoint_EnclosesNothing() => AssertRaster([(5, 7)], "c");

    [Fact]
    public void Raster_AnyContour_DoesNotDependOnStartDirectionOrPlace() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9]).Array[1, 8].Select(Gen.Int[0, 7], Gen.Int[-20, 20]).Sample((points, start, shift) =>
        {
            var turned = points[(start % points.Length)..].Concat(points[..(start % points.Length)]).Reverse();
            var other = new OutlineRaster([.. turned.Select(point => (point.Item1 + shift, point.Item2 - shift))]);
            var raster = new OutlineRaster(points);
            for (var y = 0; y < 10; y++)
            {
                for (var x = 0; x < 10; x++)
                {
                    Assert.Equal(raster[x, y], other[x + shift, y - shift]);
                }
            }
        });

    private static void AssertRaster((int X, int Y)[] points, params string[] rows)
    {
        var raster = new OutlineRaster(points);
        var drawn = Enumerable.Range(0, raster.Height).Select(y => string.Concat(Enumerable.Range(0, raster.Width).Select(x =>
            raster[x + raster.X0, y + raster.Y0] switch { PixelKind.Enclosed => '#', PixelKind.Contour => 'c', _ => '.' })));
        Assert.Equal(rows, drawn);
    }
}
