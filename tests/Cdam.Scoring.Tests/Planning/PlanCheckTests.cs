using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Planning;

namespace Cdam.Scoring.Tests.Planning;

public sealed class PlanCheckTests
{
    private static readonly PixelMap Map = PixelMap.OfPixels(new float[24], 4, 6);

    public static TheoryData<double[], string> BadPercents => new()
    {
        { [50], "1 percents" },
        { [.. Enumerable.Range(0, 256).Select(step => step / 10.0)], "256 percents" },
        { [0, 101], "percents[1] is 101" },
        { [-1, 50], "percents[0] is -1" },
        { [0, 50, 50], "percents[2] is 50" },
        { [0, double.NaN], "percents[1] is NaN" },
        { [], "nothing to plan" },
    };

    public static TheoryData<SquareBoxes[], string> BadBoxes => new()
    {
        { [new(2, [(0, 0), (1, 1)])], "One side of boxes" },
        { [new(2, [(0, 0), (1, 1)]), new(2, [(0, 0), (1, 1)])], "boxes[1] has side 2" },
        { [new(0, [(0, 0), (1, 1)]), new(2, [(0, 0), (1, 1)])], "boxes[0] has side 0" },
        { [new(1, [(0, 0), (1, 1)]), new(2, [(0, 0)])], "boxes[1] has side 2 and 1 boxes" },
        { [new(1, [(0, 0), (1, 1)]), new(2, [(0, 0), (3, 0)])], "at row 3, column 0" },
        { [new(1, [(0, 0), (1, 1)]), new(2, [(0, 5), (0, 0)])], "at row 0, column 5" },
        { [new(1, [(0, -1), (1, 1)]), new(2, [(0, 0), (0, 0)])], "at row 0, column -1" },
        { [new(1, [(0, 0), (1, 1)]), new(int.MaxValue, [(0, 0), (0, 0)])], "must lie within 4 × 6" },
    };

    [Theory]
    [MemberData(nameof(BadPercents))]
    public void Of_PercentagesThatCannotBe_AreRefused(double[] percents, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => PerturbationPlan.Of([Map], percents, [])).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(BadBoxes), DisableDiscoveryEnumeration = true)]
    public void Of_BoxesThatCannotBe_AreRefused(SquareBoxes[] boxes, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => PerturbationPlan.Of([Map], [0, 100], boxes)).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_NoMapsOrMapsOfSeveralSizes_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PerturbationPlan.Of([], [0, 100], []));
        var fault = Assert.Throws<ArgumentException>(() => PerturbationPlan.Of([Map, PixelMap.OfPixels(new float[24], 6, 4)], [0, 100], []));
        Assert.Contains("maps[1] is 6 × 4 pixels, maps[0] 4 × 6", fault.Message, StringComparison.Ordinal);
    }
}
