using Cdam.Training.Lidc.Phantoms.Geometry;
using Cdam.Training.Lidc.Phantoms.Nodules;
using Cdam.Training.Lidc.Phantoms.Readings;

namespace Cdam.Training.Tests.Lidc.Phantoms;

public sealed class TraitSamplerTests
{
    private static readonly List<NoduleTraits> Many = Draw(4000);

    [Fact]
    public void Sample_Many_StayOnTheirScales() => Assert.All(Many, traits =>
    {
        Assert.InRange(traits.Diameter, 3, 28);
        Assert.All(
            [traits.Sphericity, traits.Lobulation, traits.Spiculation, traits.Margin, traits.Texture, traits.Subtlety, traits.Malignancy],
            rating => Assert.InRange(rating, 1, 5));
    });

    [Fact]
    public void Diameter_Many_AreMostlyFourToFifteenMillimetres() =>
        Assert.InRange(Many.Average(traits => traits.Diameter is >= 4 and <= 15 ? 1 : 0), 0.65, 0.85);

    // 4000 draws: 3 standard deviations of a share of a half are 0.024.
    [Fact]
    public void Malignancy_Many_HalfLieAboveTheMiddle() =>
        Assert.InRange(Many.Average(traits => traits.Malignancy > 3 ? 1 : 0), 0.47, 0.53);

    [Fact]
    public void Malignancy_LabelsOfFourReaders_AreBalanced()
    {
        var random = new PhantomRandom(3);
        var means = Many.Select(traits => Enumerable.Range(0, 4).Average(_ => new Radiologist(random).Rate(traits).Malignancy)).ToList();
        var labelled = means.Where(mean => mean != 3).ToList();

        Assert.InRange(labelled.Average(mean => mean > 3 ? 1 : 0), 0.45, 0.55);
        Assert.True(labelled.Count > 0.9 * Many.Count);
    }

    [Fact]
    public void Malignancy_GoesWithWhatRadiologistsGoBy()
    {
        var uncalcified = Many.Where(traits => traits.Calcification == Calcification.Absent).ToList();

        // 3000 draws: chance alone gives 0.02.
        Assert.True(Correlation(uncalcified, traits => traits.Diameter) > 0.3);
        Assert.True(Correlation(uncalcified, traits => traits.Spiculation) > 0.3);
        Assert.True(Correlation(uncalcified, traits => traits.Lobulation) > 0.1);
        Assert.True(Correlation(uncalcified, traits => traits.Margin) < -0.1);
        Assert.True(Correlation(uncalcified, traits => -Math.Abs(traits.Texture - 3)) > 0.05);
        Assert.True(Correlation(uncalcified, traits => traits.Unexplained) is > 0.1 and < 0.5);
    }

    [Fact]
    public void Malignancy_BenignCalcium_IsLow() => Assert.All(
        Many.Where(traits => traits.Diameter < 12 && traits.Calcification is not (Calcification.Absent or Calcification.NonCentral)),
        traits => Assert.True(traits.Malignancy < 3));

    [Fact]
    public void Rate_ManyReaders_IsRightOnAverage()
    {
        var traits = NoduleBench.Plain with { Sphericity = 3.3, Lobulation = 2.6, Spiculation = 3.8, Margin = 3.1, Texture = 2.4 };
        var random = new PhantomRandom(11);
        var ratings = Enumerable.Range(0, 2000).Select(_ => new Radiologist(random).Rate(traits)).ToList();

        // Rounding adds up to 0.29, readers 0.48: the mean of 2000 has a deviation of 0.013, and the scale's ends cost some hundredths.
        const double Tolerance = 0.06;
        Assert.Equal(traits.Sphericity, ratings.Average(rating => rating.Sphericity), Tolerance);
        Assert.Equal(traits.Lobulation, ratings.Average(rating => rating.Lobulation), Tolerance);
        Assert.Equal(traits.Spiculation, ratings.Average(rating => rating.Spiculation), Tolerance);
        Assert.Equal(traits.Margin, ratings.Average(rating => rating.Margin), Tolerance);
        Assert.Equal(traits.Texture, ratings.Average(rating => rating.Texture), Tolerance);
        Assert.True(ratings.Select(rating => rating.Margin).Distinct().Count() > 2);
    }

    [Fact]
    public void Rate_Calcium_MostReadersNameThePattern() => Assert.All(Enum.GetValues<Calcification>(), pattern =>
    {
        var random = new PhantomRandom(7);
        var traits = NoduleBench.Plain with { Calcification = pattern };
        Assert.InRange(Enumerable.Range(0, 500).Average(_ => new Radiologist(random).Rate(traits).Calcification == (int)pattern ? 1 : 0), 0.8, 1);
    });

    [Fact]
    public void Sees_SubtleNodules_LessOften()
    {
        var random = new PhantomRandom(2);
        var subtle = NoduleBench.Plain with { Diameter = 3.5, Texture = 1.5, Conspicuity = 0.1 };

        double Seen(NoduleTraits traits) => Enumerable.Range(0, 1000).Average(_ => new Radiologist(random).Sees(traits) ? 1 : 0);
        Assert.True(Seen(subtle) < Seen(NoduleBench.Plain) - 0.2);
    }

    private static List<NoduleTraits> Draw(int count)
    {
        var random = new PhantomRandom(42);
        return [.. Enumerable.Range(0, count).Select(_ => TraitSampler.Sample(random))];
    }

    private static double Correlation(List<NoduleTraits> nodules, Func<NoduleTraits, double> feature)
    {
        var (x, y) = (nodules.Select(feature).ToList(), nodules.Select(traits => traits.Malignancy).ToList());
        var (meanX, meanY) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Average();
        return covariance / Math.Sqrt(x.Average(a => (a - meanX) * (a - meanX)) * y.Average(b => (b - meanY) * (b - meanY)));
    }
}
