using Cdam.Attribution.Models;
using Cdam.Training.LungModels;
using Cdam.Training.LungModels.Splits;

namespace Cdam.Training.Tests.LungModels.Splits;

public sealed class LungSplitsTests
{
    private static readonly LungTrainingOptions Malignancy = new() { Kind = ModelKind.Malignancy };
    private static readonly LungTrainingOptions OfBiomarkers = new() { Kind = ModelKind.Biomarker };

    /// <summary>As many as were published.</summary>
    private static readonly LungNodule[] Published =
        [.. Enumerable.Range(0, 900).Select(index => TestNodules.Plain($"n{index:000}", index < 443 ? 2 : index < 854 ? 4 : 3, fold: index % 5))];

    [Fact]
    public void Main_ThePublishedSet_IsCutAsPublished()
    {
        var split = Assert.Single(LungSplits.Of(Published, 5, Malignancy with { Recipe = LungRecipe.Main }));

        // 0.7225, 0.1275 and 0.15 of 443 benign and 411 malignant: 320.1 + 296.9, 56.5 + 52.4, 66.5 + 61.7; each may be off by one.
        Assert.InRange(split.Train.Count, 615, 619);
        Assert.InRange(split.Validation.Count, 107, 111);
        Assert.InRange(split.Test.Count, 126, 130);
        Assert.InRange(split.Test.Count(nodule => nodule.IsMalignant), 61, 63);
    }

    [Fact]
    public void Appendix_TestsOnEachFoldOnceAndHoldsBack15PercentOfTheOthers()
    {
        var splits = LungSplits.Of(Published, 5, OfBiomarkers);
        Assert.Equal([1, 2, 3, 4, 5], splits.Select(split => split.Number));
        foreach (var split in splits)
        {
            Assert.Equal(Published.Where(nodule => nodule.Source.Fold == split.Number - 1), split.Test);
            Assert.Empty(split.Train.Intersect(split.Validation));
            Assert.All(split.Train.Concat(split.Validation), nodule => Assert.NotEqual(split.Number - 1, nodule.Source.Fold));
            Assert.Equal(720, split.Train.Count + split.Validation.Count);
            Assert.InRange(split.Validation.Count, 105, 111);    // 108, off by one in each of three strata
        }
    }

    [Theory]
    [InlineData(ModelKind.Malignancy, 854)]
    [InlineData(ModelKind.Biomarker, 900)]
    public void Of_UndecidedNodules_AreOfUseForBiomarkersOnly(ModelKind kind, int used)
    {
        var split = LungSplits.Of(Published, 5, new LungTrainingOptions { Kind = kind })[2];
        Assert.Equal(used, split.Train.Count + split.Validation.Count + split.Test.Count);
    }

    [Fact]
    public void Of_EmptyFold_IsRefusedByName() =>
        Assert.Contains("fold 3: its test part is empty", Refusal(Published.Where(nodule => nodule.Source.Fold != 2), OfBiomarkers), StringComparison.Ordinal);

    [Fact]
    public void Of_OneClassOnly_IsRefusedByName() =>
        Assert.Contains("training part are all Benign", Refusal(Published.Take(300), Malignancy), StringComparison.Ordinal);

    [Fact]
    public void Of_TestFoldOfOneClass_IsRefusedByName()
    {
        var nodules = Published.Take(854).Where(nodule => nodule.Source.Fold != 1 || nodule.IsMalignant);
        Assert.Contains("fold 2: the 82 nodules of its test part are all Malignant", Refusal(nodules, Malignancy), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoLabels_IsRefused() =>
        Assert.Contains("none of the 46 nodules has a label", Refusal(Published.Skip(854), Malignancy), StringComparison.Ordinal);

    [Fact]
    public void Of_TooFewForValidation_IsRefusedByName() =>
        Assert.Contains("validation part is empty", Refusal(Published.Take(2).Append(Published[800]), OfBiomarkers with { Recipe = LungRecipe.Main }), StringComparison.Ordinal);

    [Fact]
    public void Of_NoNodules_IsRefused() => Assert.Contains("has no nodules", Refusal([], OfBiomarkers), StringComparison.Ordinal);

    private static string Refusal(IEnumerable<LungNodule> nodules, LungTrainingOptions options) =>
        Assert.Throws<ArgumentException>(() => LungSplits.Of([.. nodules], 5, options)).Message;
}
