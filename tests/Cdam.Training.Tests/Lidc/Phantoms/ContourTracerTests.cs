using Cdam.Training.Lidc.Phantoms;
using Cdam.Training.Lidc.Phantoms.Geometry;
using Cdam.Training.Lidc.Phantoms.Readings;
using CsCheck;

namespace Cdam.Training.Tests.Lidc.Phantoms;

public sealed class ContourTracerTests
{
    private const int Side = 10;

    [Fact]
    public void Trace_Square_IsTheSquareAroundWithoutItsCorners()
    {
        var contour = Assert.Single(ContourTracer.Trace(Mask((x, y) => x is 4 or 5 && y is 4 or 5)));

        Assert.Equal(7, contour.Slice);
        Assert.Equal([(104, 203), (105, 203), (106, 204), (106, 205), (105, 206), (104, 206), (103, 205), (103, 204), (104, 203)], contour.Points);
    }

    [Fact]
    public void Trace_TwoIslands_GivesTwoContours() =>
        Assert.Equal(2, ContourTracer.Trace(Mask((x, y) => y < 3 && x is < 3 or > 6)).Count);

    [Fact]
    public void Trace_SpeckBesideAnIsland_IsLeftOut() =>
        Assert.DoesNotContain((109, 201), Assert.Single(ContourTracer.Trace(Mask((x, y) => y < 3 && x < 3 || x == 8 && y == 1))).Points);

    [Fact]
    public void Trace_SpeckAlone_IsDrawn() =>
        Assert.Equal(5, Assert.Single(ContourTracer.Trace(Mask((x, y) => x == 8 && y == 1))).Points.Count);

    [Fact]
    public void Trace_Hole_IsNotDrawnRound() =>
        Assert.Single(ContourTracer.Trace(Mask((x, y) => x is > 1 and < 8 && y is > 1 and < 8 && (x, y) is not (5, 5))));

    [Fact]
    public void Trace_RandomMasks_GivesClosedLinesJustOutside() => Gen.Bool.Array[Side * Side].Sample(pixels =>
    {
        var mask = new VoxelMask(new VoxelBox(100, 200, 7, Side, Side, 1), pixels);
        foreach (var contour in ContourTracer.Trace(mask))
        {
            AssertClosed(contour.Points);
            AssertBesideButOutside(mask, contour.Points);
        }
    }, iter: 300);

    [Fact]
    public void Trace_ReadingsOfAPhantom_LieOutsideTheirMasksAndEncloseThem()
    {
        var patient = PhantomPatient.Draw(new PhantomOptions { Patients = 1, Seed = 5, Matrix = 192 }, 1);
        var reading = ScanReadings.Of(patient).Sessions.SelectMany(session => session.Nodules).MaxBy(reading => reading.Mask.Count)!;
        var contours = ContourTracer.Trace(reading.Mask);

        Assert.All(contours, contour => AssertClosed(contour.Points));
        var enclosed = contours.Sum(contour => Enclosed(contour.Points));

        // Notches between thick spicules are closed by a contour, and specks are left out.
        Assert.InRange(enclosed, 0.97 * reading.Mask.Count, 1.15 * reading.Mask.Count);
    }

    private static void AssertClosed(IReadOnlyList<(int Column, int Row)> points)
    {
        Assert.Equal(points[0], points[^1]);
        Assert.All(points.Zip(points.Skip(1)), pair =>
        {
            var (x, y) = (Math.Abs(pair.First.Column - pair.Second.Column), Math.Abs(pair.First.Row - pair.Second.Row));
            Assert.Equal(1, Math.Max(x, y));
        });
    }

    /// <summary>Specks of fewer than four pixels are not drawn round, so a line may run over them.</summary>
    private static void AssertBesideButOutside(VoxelMask mask, IReadOnlyList<(int Column, int Row)> points)
    {
        var islands = PixelRegion.Islands(PixelRegion.Of(mask, 7));
        var largest = islands.MaxBy(island => island.Count);
        var drawn = islands.Where(island => island.Count >= 4 || island == largest).SelectMany(island => island).ToHashSet();
        Assert.All(points, point =>
        {
            Assert.DoesNotContain(point, drawn);
            Assert.Contains(((int X, int Y)[])[(1, 0), (-1, 0), (0, 1), (0, -1)], side => drawn.Contains((point.Column + side.X, point.Row + side.Y)));
        });
    }

    /// <summary>Pixels strictly within a closed line: its area by the shoelace formula, after Pick's theorem.</summary>
    private static double Enclosed(IReadOnlyList<(int Column, int Row)> points)
    {
        var doubled = Math.Abs(points.Zip(points.Skip(1)).Sum(pair => pair.First.Column * pair.Second.Row - pair.Second.Column * pair.First.Row));
        return (doubled - (points.Count - 1)) / 2.0 + 1;
    }

    private static VoxelMask Mask(Func<int, int, bool> inside) => new(
        new VoxelBox(100, 200, 7, Side, Side, 1), [.. Enumerable.Range(0, Side * Side).Select(i => inside(i % Side, i / Side))]);
}
