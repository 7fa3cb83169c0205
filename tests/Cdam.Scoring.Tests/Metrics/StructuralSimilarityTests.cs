using Cdam.Scoring.Metrics;
using CsCheck;

namespace Cdam.Scoring.Tests.Metrics;

public sealed class StructuralSimilarityTests
{
    /// <summary>Grids narrower than the window and wider, not square.</summary>
    private static readonly Gen<(int Rows, int Columns, float[] First, float[] Second)> Maps =
        Gen.Select(Gen.Int[1, 15], Gen.Int[1, 15]).SelectMany(size => Gen.Select(
            Gen.Float[-3, 3].Array[size.Item1 * size.Item2], Gen.Float[-3, 3].Array[size.Item1 * size.Item2],
            (first, second) => (size.Item1, size.Item2, first, second)));

    [Fact]
    public void Of_AnyMaps_IsWhatAPlainLoopOverTheWindowGives() => Maps.Sample(maps =>
        // Two ways of summing 121 products of float64, divided by no less than C1 C2 = 1.4e-6 of their own size.
        Assert.Equal(PlainLoop(maps.First, maps.Second, maps.Rows, maps.Columns), Ssim(maps.First, maps.Second, maps.Rows, maps.Columns), 1e-9), iter: 60);

    [Fact]
    public void Of_AMapWithItself_IsExactlyOne() => Maps.Sample(maps => Assert.Equal(1, Ssim(maps.First, maps.First, maps.Rows, maps.Columns)), iter: 60);

    [Fact]
    public void Of_MapsInEitherOrder_IsTheSameAndBounded() => Maps.Sample(maps =>
    {
        var ssim = Ssim(maps.First, maps.Second, maps.Rows, maps.Columns);
        Assert.Equal(ssim, Ssim(maps.Second, maps.First, maps.Rows, maps.Columns));
        Assert.InRange(ssim, -1, 1);
    }, iter: 60);

    [Fact]
    public void Of_AScaledMap_IsAsOfTheMap() => Maps.Sample(maps =>
        // A power of two scales without rounding, and each map is divided by its own largest score.
        Assert.Equal(
            Ssim(maps.First, maps.Second, maps.Rows, maps.Columns),
            Ssim(maps.First, Array.ConvertAll(maps.Second, score => score * 1024), maps.Rows, maps.Columns)), iter: 60);

    [Fact]
    public void Of_SingleCellsOfOppositeSign_IsTheLuminanceOfMinusOne() =>
        // Nothing varies in one cell: (2 · 1 · −1 + C1) / (1 + 1 + C1) with C1 = 0.02²; float64's last digit.
        Assert.Equal((-2 + 0.0004) / (2 + 0.0004), Ssim([2], [-5], 1, 1), 1e-15);

    [Fact]
    public void Of_MapsOfZeros_AreAlike() => Assert.Equal(1, Ssim(new float[6], new float[6], 2, 3));

    [Fact]
    public void Of_BadMaps_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Ssim([1, float.PositiveInfinity], [1, 2], 1, 2));
        Assert.Throws<ArgumentException>(() => Ssim([1, 2], [1], 1, 2));
        Assert.Throws<ArgumentException>(() => Ssim([1, 2], [1, 2], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ssim([], [], 0, 0));
    }

    private static double Ssim(float[] first, float[] second, int rows, int columns) => StructuralSimilarity.Of(first, second, rows, columns);

    /// <summary>The formula as it stands in the paper, with variances about the mean instead of differences of squares.</summary>
    private static double PlainLoop(float[] first, float[] second, int rows, int columns)
    {
        const double C1 = 0.02 * 0.02, C2 = 0.06 * 0.06;
        var (x, y) = (Scaled(first), Scaled(second));
        var sum = 0.0;
        for (var centre = 0; centre < x.Length; centre++)
        {
            var window = Enumerable.Range(0, x.Length).Select(cell => (Cell: cell, Weight: Weight(cell / columns - centre / columns, cell % columns - centre % columns)))
                .Where(entry => entry.Weight > 0).ToList();
            var total = window.Sum(entry => entry.Weight);
            var (mx, my) = (Mean(cell => x[cell]), Mean(cell => y[cell]));
            var (vx, vy) = (Mean(cell => (x[cell] - mx) * (x[cell] - mx)), Mean(cell => (y[cell] - my) * (y[cell] - my)));
            var covariance = Mean(cell => (x[cell] - mx) * (y[cell] - my));
            sum += (2 * mx * my + C1) * (2 * covariance + C2) / ((mx * mx + my * my + C1) * (vx + vy + C2));

            double Mean(Func<int, double> value) => window.Sum(entry => entry.Weight * value(entry.Cell)) / total;
        }

        return sum / x.Length;

        static double[] Scaled(float[] scores)
        {
            var largest = scores.Max(score => Math.Abs((double)score));
            return Array.ConvertAll(scores, score => largest > 0 ? score / largest : 0);
        }

        static double Weight(int down, int across) => Math.Max(Math.Abs(down), Math.Abs(across)) > 5 ? 0 : Math.Exp(-(down * down + across * across) / (2 * 1.5 * 1.5));
    }
}
