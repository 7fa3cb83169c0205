using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Tests.Lidc.Phantoms;

public sealed class PhantomRandomTests
{
    private const int Draws = 20000;

    [Fact]
    public void For_EachSeedPatientAndPurpose_IsAnotherStream()
    {
        var first = from seed in (ulong[])[0, 1]
            from patient in (int[])[1, 2]
            from stream in (RandomStream[])[RandomStream.Scan, RandomStream.Noise]
            select PhantomRandom.For(seed, patient, stream).Uniform();

        Assert.Equal(8, first.Distinct().Count());
    }

    [Fact]
    public void Normal_Many_HasMeanZeroAndVarianceOne()
    {
        var random = new PhantomRandom(1);
        var values = Enumerable.Range(0, Draws).Select(_ => random.Normal()).ToList();

        // Four standard deviations of the mean (0.007) and of the variance (0.01).
        Assert.Equal(0, values.Average(), 0.028);
        Assert.Equal(1, values.Average(value => value * value), 0.04);
    }

    [Fact]
    public void Integer_Many_ReachesBothEndsEvenly()
    {
        var random = new PhantomRandom(2);
        var counts = Enumerable.Range(0, Draws).GroupBy(_ => random.Integer(-1, 2)).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal([-1, 0, 1, 2], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, Draws / 4 - 250, Draws / 4 + 250)); // four standard deviations
    }

    [Fact]
    public void Order_AnyCount_HoldsEachNumberOnce()
    {
        var order = new PhantomRandom(3).Order(50);

        Assert.Equal(Enumerable.Range(0, 50), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 50), order);
    }
}
