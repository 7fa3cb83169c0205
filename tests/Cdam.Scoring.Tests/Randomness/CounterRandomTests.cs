using Cdam.Scoring.Randomness;

namespace Cdam.Scoring.Tests.Randomness;

public sealed class CounterRandomTests
{
    [Fact]
    public void Word_SeedOfThePublishedExample_GivesSplitMix64() =>
        // The widely published first outputs of SplitMix64 under seed 1234567.
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
            Enumerable.Range(0, 5).Select(counter => CounterRandom.Word(1234567, (ulong)counter)));

    [Fact]
    public void Key_PartsSwappedOrLeftOut_Differs()
    {
        ulong[] keys = [CounterRandom.Key(1, 2), CounterRandom.Key(2, 1), CounterRandom.Key(1), CounterRandom.Key(0, 1), CounterRandom.Key(1, 0)];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Theory]
    [InlineData(0UL, 0)]
    [InlineData(ulong.MaxValue, 6)]
    [InlineData(1UL << 63, 3)] // half of all words lie below 3.5
    public void Below_Word_ScalesToTheLimit(ulong word, int expected) => Assert.Equal(expected, CounterRandom.Below(word, 7));
}
