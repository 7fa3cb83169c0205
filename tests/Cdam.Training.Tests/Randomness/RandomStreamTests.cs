using Cdam.Randomness;

namespace Cdam.Training.Tests.Randomness;

public sealed class RandomStreamTests
{
    [Fact]
    public void Streams_SameSeedAndNumber_AreTheSame()
    {
        var (first, second) = (new RandomStream(3, 7), new RandomStream(3, 7));

        Assert.Equal(Enumerable.Range(0, 20).Select(_ => first.Bits()), Enumerable.Range(0, 20).Select(_ => second.Bits()));
    }

    [Theory]
    [InlineData(3, 8)]
    [InlineData(4, 7)]
    public void Streams_OtherSeedOrNumber_Differ(ulong seed, uint stream)
    {
        var (first, second) = (new RandomStream(3, 7), new RandomStream(seed, stream));

        Assert.NotEqual(Enumerable.Range(0, 4).Select(_ => first.Bits()), Enumerable.Range(0, 4).Select(_ => second.Bits()));
    }

    [Fact]
    public void Uniform_StaysInItsRangeAndFillsIt()
    {
        var random = new RandomStream(1, 0);
        var values = Enumerable.Range(0, 10_000).Select(_ => random.Uniform(-2, 6)).ToList();

        Assert.All(values, value => Assert.InRange(value, -2, 6));
        // The mean of 10,000 has a standard deviation of 0.023; five of them.
        Assert.Equal(2, values.Average(), 0.12);
    }

    [Fact]
    public void Normal_HasUnitSpread()
    {
        var random = new RandomStream(1, 0);
        var values = Enumerable.Range(0, 10_000).Select(_ => random.Normal()).ToList();

        // Standard deviations of the mean and of the variance: 0.01 and 0.014; five of them.
        Assert.Equal(0, values.Average(), 0.05);
        Assert.Equal(1, values.Average(value => value * value), 0.07);
    }

    [Fact]
    public void Integer_ReachesBothEnds()
    {
        var random = new RandomStream(1, 0);

        Assert.Equal([3, 4, 5], Enumerable.Range(0, 200).Select(_ => random.Integer(3, 5)).Distinct().Order());
    }

    [Fact]
    public void Shuffle_KeepsEveryItem()
    {
        var items = Enumerable.Range(0, 100).ToArray();
        new RandomStream(5, 0).Shuffle<int>(items);

        Assert.NotEqual(Enumerable.Range(0, 100), items);
        Assert.Equal(Enumerable.Range(0, 100), items.Order());
    }
}
