using Cdam.Randomness;
using Cdam.Training.LungModels.Splits;
using CsCheck;

namespace Cdam.Training.Tests.LungModels.Splits;

public sealed class StratifiedSplitTests
{
    private static readonly double[] Shares = [0.7225, 0.1275, 0.15];
    private static readonly Gen<List<int>> Ratings = Gen.Int[2, 4].List[0, 120];

    [Fact]
    public void Deal_PatientsWithOneNodule_EveryPartHasItsShareOfEveryStratumToWithinOne() => Ratings.Sample(ratings =>
    {
        var nodules = ratings.Select((rating, index) => TestNodules.Plain($"n{index}", rating)).ToList();
        var parts = StratifiedSplit.Deal(nodules, Shares, new RandomStream(1, 0));
        foreach (var rating in new[] { 2, 3, 4 })
        {
            var all = ratings.Count(other => other == rating);
            Assert.All(parts.Zip(Shares), pair =>
            {
                var off = pair.First.Count(nodule => nodule.Source.Malignancy == rating) - pair.Second * all;
                Assert.InRange(off, -1, 1);
            });
        }
    });

    [Fact]
    public void Deal_PatientsWithSeveralNodules_AreNeverCutAndNobodyIsLost() => Ratings.Sample(ratings =>
    {
        var nodules = ratings.Select((rating, index) => TestNodules.Plain($"n{index}", rating, patient: $"p{index * index % 17}")).ToList();
        var parts = StratifiedSplit.Deal(nodules, Shares, new RandomStream(1, 0));
        Assert.Equal(nodules.Select(nodule => nodule.Source.Id).Order(), parts.SelectMany(part => part).Select(nodule => nodule.Source.Id).Order());
        var patients = parts.SelectMany(part => part.Select(nodule => nodule.Source.Patient).Distinct()).ToList();
        Assert.Equal(patients.Distinct().Count(), patients.Count);
    });

    [Fact]
    public void Deal_DependsOnTheSeedAndNotOnTheOrder()
    {
        var nodules = Enumerable.Range(0, 60).Select(index => TestNodules.Plain($"n{index:00}", 2 + index % 3)).ToList();
        Assert.Equal(Deal(nodules, 1), Deal(Enumerable.Reverse(nodules), 1));
        Assert.NotEqual(Deal(nodules, 1), Deal(nodules, 2));

        static IEnumerable<string> Deal(IEnumerable<Cdam.Training.LungModels.LungNodule> nodules, ulong seed) =>
            StratifiedSplit.Deal([.. nodules], Shares, new RandomStream(seed, 0)).Select(part => string.Join(' ', part.Select(nodule => nodule.Source.Id)));
    }
}
