using Cdam.Randomness;
using CsCheck;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Methods.Noise;

/// <summary>Statistical bounds are five standard errors (one chance in 1.7 million each), and the seed is fixed.</summary>
public sealed class GaussianNoiseTests
{
    private const int Count = 1 << 18;
    private const double Errors = 5;

    [Fact]
    public void Fill_InAnyPieces_GivesTheSameValues()
    {
        var whole = Draw(seed: 9, first: 0, count: 400);
        Gen.Int[0, 90].Array[1, 12].Sample(
            cuts =>
            {
                var pieces = new float[400];
                var done = 0;
                foreach (var cut in cuts.Append(400))
                {
                    var size = Math.Min(cut, 400 - done);
                    GaussianNoise.Fill(pieces.AsSpan(done, size), 9, done);
                    done += size;
                }

                Assert.Equal(whole, pieces);
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void Fill_PastTheThirtyTwoBitCounter_GoesOn()
    {
        const long Wrap = 1L << 34;    // position of counter 2³²
        var across = Draw(seed: 4, first: Wrap - 50, count: 100);
        Assert.Equal(across[50..], Draw(seed: 4, first: Wrap, count: 50));
        Assert.NotEqual(Draw(seed: 4, first: 0, count: 50), across[50..]);
    }

    [Fact]
    public void Fill_AtEachPosition_IsBoxMullerInDoublePrecision()
    {
        var values = Draw(seed: 0x123456789abcdef0, first: 0, count: 3200);
        for (var position = 0; position < values.Length; position++)
        {
            // At most 5.9, where a float32 is known to 2.4e-7; logarithm, root, angle and sine add a few roundings each.
            Assert.Equal(InDouble(0x123456789abcdef0, position), values[position], 3e-6);
        }
    }

    [Fact]
    public void Fill_ManyValues_HasTheMomentsOfTheNormalDistribution()
    {
        var values = Draw(seed: 1, first: 0, count: Count).Select(value => (double)value).ToArray();
        var mean = values.Average();
        double Moment(int order) => values.Average(value => Math.Pow(value - mean, order));
        Assert.InRange(mean, -Errors / Math.Sqrt(Count), Errors / Math.Sqrt(Count));
        Assert.Equal(1, Moment(2), Errors * Math.Sqrt(2.0 / Count));
        Assert.Equal(0, Moment(3), Errors * Math.Sqrt(15.0 / Count));
        Assert.Equal(3, Moment(4), Errors * Math.Sqrt(96.0 / Count));
        Assert.All(values, value => Assert.True(double.IsFinite(value)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]     // cosine and sine of one pair
    [InlineData(16)]    // the two pairs of one counter
    [InlineData(32)]
    [InlineData(384)]   // neighbouring tokens
    public void Fill_AtADistance_IsUncorrelated(int distance)
    {
        var values = Draw(seed: 2, first: 0, count: Count);
        var pairs = Count - distance;
        var (products, squares) = (0.0, 0.0);
        for (var i = 0; i < pairs; i++)
        {
            products += (double)values[i] * values[i + distance];
            squares += ((double)values[i] * values[i] - 1) * ((double)values[i + distance] * values[i + distance] - 1);
        }

        // The products have deviation 1; those of squares less 1, deviation 2.
        Assert.InRange(products / pairs, -Errors / Math.Sqrt(pairs), Errors / Math.Sqrt(pairs));
        Assert.InRange(squares / pairs, -2 * Errors / Math.Sqrt(pairs), 2 * Errors / Math.Sqrt(pairs));
    }

    [Fact]
    public void Fill_ManyValues_PassesKolmogorovSmirnov()
    {
        var sorted = Draw(seed: 3, first: 0, count: Count).Order().Select(value => (double)value).ToArray();
        using var values = tensor(sorted);
        using var cumulative = special.erf(values / Math.Sqrt(2)) / 2 + 0.5;
        var distance = cumulative.data<double>().Select((probability, i) =>
            Math.Max(Math.Abs(probability - (double)i / Count), Math.Abs(probability - (i + 1.0) / Count))).Max();

        // Beyond 1.95 / √n with one chance in 1000.
        Assert.True(distance < 1.95 / Math.Sqrt(Count), $"the distribution functions differ by {distance}");
    }

    [Fact]
    public void Fill_OfSeeds_IsReproducibleAndIndependent()
    {
        var first = Draw(seed: 0, first: 0, count: Count);
        Assert.Equal(first, Draw(seed: 0, first: 0, count: Count));
        foreach (var seed in new[] { 1UL, 1UL << 32, ulong.MaxValue })
        {
            var other = Draw(seed, first: 0, count: Count);
            var correlation = first.Zip(other, (a, b) => (double)a * b).Average();
            Assert.InRange(correlation, -Errors / Math.Sqrt(Count), Errors / Math.Sqrt(Count));
        }
    }

    private static float[] Draw(ulong seed, long first, int count)
    {
        var values = new float[count];
        GaussianNoise.Fill(values, seed, first);
        return values;
    }

    /// <summary>The documented layout: position 32 g + 8 j + i is value j of counter 8 g + i.</summary>
    private static double InDouble(ulong seed, int position)
    {
        var (group, value, lane) = (position / 32, position % 32 / 8, position % 8);
        var (x0, x1, x2, x3) = Philox.Words((ulong)(8 * group + lane), seed);
        var (x, y) = value < 2 ? (x0, x1) : (x2, x3);
        var u = ((x >> 8) + 0.5f) / (1 << 24);    // in float32 as there: the half is lost above 2²³
        var angle = 2 * Math.PI * (y >> 8) / (1 << 24);
        return Math.Sqrt(-2 * Math.Log(u)) * (value % 2 == 0 ? Math.Cos(angle) : Math.Sin(angle));
    }
}
