using Cdam.Attribution.Methods.Noise;
using Cdam.Randomness;

namespace Cdam.Attribution.Tests.Methods.Noise;

public sealed class NoisyRowTests
{
    /// <summary>Lengths around the widths of vectors, and the tokens of ViT-S and ViT-B.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 0)]
    [InlineData(8, 0)]
    [InlineData(33, 0)]
    [InlineData(384, 0)]
    [InlineData(385, 0)]
    [InlineData(768, 0)]
    [InlineData(384, 100)]    // a mean far from 0, where the one-pass formula would cancel
    public void Statistics_OfAnyLength_EqualDoublePrecision(int length, float offset)
    {
        var row = new float[length];
        GaussianNoise.Fill(row, 6, 0);
        row = [.. row.Select(value => value + offset)];
        var mean = row.Average(value => (double)value);
        var variance = row.Average(value => (value - mean) * (value - mean));
        var (foundMean, foundReciprocal) = NoisyRow.Statistics(row, 1e-6);

        // A float32 sum in lanes loses a few units of 6e-8, relative to the values; the mean's own error enters the variance squared.
        Assert.Equal(mean, foundMean, 5e-7 * (1 + offset));
        var reciprocal = 1 / Math.Sqrt(variance + 1e-6);
        Assert.Equal(1, foundReciprocal / reciprocal, 1e-6);
    }

    [Fact]
    public void Statistics_OfAConstantRow_AreTheConstantAndOneByRootEpsilon()
    {
        var (mean, reciprocal) = NoisyRow.Statistics([.. Enumerable.Repeat(3f, 48)], 1e-6);
        Assert.Equal(3, mean);
        Assert.Equal(1000, reciprocal, 1e-3);    // float32 at 1000
    }

    [Fact]
    public void ScaleAndAdd_OfARow_IsTheOriginalAndTheScaledNoise()
    {
        var noise = new float[] { 1, -2, 0.5f };
        NoisyRow.ScaleAndAdd(noise, [10, 20, 30], 0.5f);
        Assert.Equal([10.5f, 19, 30.25f], noise);
    }
}
