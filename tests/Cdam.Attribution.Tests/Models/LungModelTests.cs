using Cdam.Attribution.Backbones;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.Checkpoints;
using Cdam.Attribution.Tests.Volumes;

namespace Cdam.Attribution.Tests.Models;

public sealed class LungModelTests : IDisposable
{
    private static readonly ModelOptions OnCpu = new() { Device = "cpu" };
    private readonly ScratchFolder _scratch = new();
    private readonly ExplainableModel _biomarkers;

    public LungModelTests() => _biomarkers = Load(ModelKind.Biomarker, manifest => manifest);

    public void Dispose()
    {
        _biomarkers.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void Load_WithoutNames_NamesTheOutputsInThePublishedOrder()
    {
        Assert.Equal(
            ["subtlety", "calcification", "margin", "lobulation", "spiculation", "diameter", "texture", "sphericity"],
            Enumerable.Range(0, 8).Select(index => _biomarkers.Outputs[index][0]));
        using var malignancy = Load(ModelKind.Malignancy, manifest => manifest);
        Assert.Equal("malignancy", malignancy.Outputs[0][0]);
        malignancy.WarmUp();
    }

    [Fact]
    public void Explain_ThreeViews_GivesOfEachWhatItsSliceAloneGives()
    {
        var item = Item(_biomarkers);
        var whole = _biomarkers.Explain([item])[0]!;
        Assert.Equal(3, whole.Views.Count);
        for (var view = 0; view < 3; view++)
        {
            var alone = _biomarkers.Explain([item with { Views = [item.Views[view]] }])[0]!;
            AssertClose(alone.Prediction.Logits, whole.Views[view].Prediction.Logits);
            AssertClose(alone.Prediction.Latent, whole.Views[view].Prediction.Latent);
            AssertClose([.. alone.Targets.Select(target => target.Value)], [.. whole.Views[view].Values]);
            Assert.Equal(9 + 9 + 1, whole.Views[view].Maps.Count);
            Assert.All(alone.Views[0].Maps.Zip(whole.Views[view].Maps), pair => AssertClose(pair.First.Scores, pair.Second.Scores));
            AssertClose(alone.Views[0].TokenGradients![5], whole.Views[view].TokenGradients![5]);
        }

        Assert.NotEqual(whole.Views[0].Maps[0].Scores, whole.Views[1].Maps[0].Scores);
    }

    [Fact]
    public void Explain_ThreeViews_MeansAreThoseOfTheViews()
    {
        var whole = _biomarkers.Explain([Item(_biomarkers)])[0]!;
        for (var output = 0; output < 8; output++)
        {
            Assert.Equal((float)whole.Views.Average(view => (double)view.Prediction.Logits[output]), whole.Prediction.Logits[output]);
            Assert.Equal(whole.Prediction.Logits[output], whole.Targets[output].Value);
        }

        Assert.Equal((float)whole.Views.Average(view => (double)view.Prediction.Latent[7]), whole.Prediction.Latent[7]);

        // Not the similarity of the mean: the cosine is not linear. The mean of the rounded values is a rounding away.
        Assert.Equal(whole.Views.Average(view => view.Values[8]), whole.Targets[8].Value, 1e-6);
    }

    [Fact]
    public void Explain_TopOfSeveralViews_IsOneOutputForAll()
    {
        var item = Item(_biomarkers) with { Targets = [new TopTarget(1)], Methods = [new("cdam")] };
        var whole = _biomarkers.Explain([item])[0]!;
        var top = Array.IndexOf(whole.Prediction.Logits, whole.Prediction.Logits.Max());
        Assert.Equal(top, Assert.Single(whole.Targets).OutputIndex);
        Assert.All(whole.Views, view => Assert.Equal(view.Prediction.Logits[top], Assert.Single(view.Values)));
    }

    [Fact]
    public void Explain_VolumesAndAPictureInOneBatch_KeepTheirOwnViews()
    {
        var volume = Item(_biomarkers);
        var picture = volume with { Views = [volume.Views[2]] };
        var batch = _biomarkers.Explain([picture, volume, picture], index => index == 0);
        Assert.Null(batch[0]);
        Assert.Equal([3, 1], batch.Skip(1).Select(explanation => explanation!.Views.Count));
        AssertClose(batch[2]!.Prediction.Logits, batch[1]!.Views[2].Prediction.Logits);
    }

    [Theory]
    [InlineData(HeadKind.Mlp)]
    [InlineData(HeadKind.Linear)]
    public void Explain_WithOutputScale_GivesClinicalUnitsAndMapsTimesTheDeviation(HeadKind head)
    {
        using var scaled = head == HeadKind.Mlp ? Load(ModelKind.Biomarker, manifest => manifest) : LoadLinear(withUnits: true);
        using var plain = head == HeadKind.Mlp
            ? Load(ModelKind.Biomarker, manifest => manifest with { Volume = null, OutputScale = null })
            : LoadLinear(withUnits: false);
        var item = Item(_biomarkers);
        var (clinical, standardised) = (scaled.Explain([item])[0]!, plain.Explain([item])[0]!);
        for (var output = 0; output < 8; output++)
        {
            var scale = scaled.Manifest.OutputScale![output];

            // Of the mean itself: what is added to it is of its size, and rounds as it does.
            Assert.Equal(scale.Mean + scale.Std * standardised.Prediction.Logits[output], clinical.Prediction.Logits[output], 1e-5 * scale.Mean);
            AssertClose([.. standardised.Views[1].Maps[output].Scores.Select(score => scale.Std * score)], clinical.Views[1].Maps[output].Scores);
            AssertClose([.. standardised.Views[1].TokenGradients![output].Select(score => scale.Std * score)], clinical.Views[1].TokenGradients![output]);
        }

        Assert.Equal(standardised.Views[0].Maps[8].Scores, clinical.Views[0].Maps[8].Scores);    // the concept has no unit
    }

    [Fact]
    public void Check_ViewsOfSeveralSizesOrNone_AreRefused()
    {
        var item = Item(_biomarkers);
        var other = ModelInput.FromNormalized(16, 16, new float[3 * 16 * 16]);
        Assert.Contains("one size", Refusal([item.Views[0], other]), StringComparison.Ordinal);
        Assert.Contains("0 views", Refusal([]), StringComparison.Ordinal);
        Assert.Contains("17 views", Refusal([.. Enumerable.Repeat(other, 17)]), StringComparison.Ordinal);

        string Refusal(ModelInput[] views) => Assert.Throws<AttributionException>(() => _biomarkers.Check(item with { Views = views })).Message;
    }

    private static ExplainItem Item(ExplainableModel model) => new()
    {
        Views = [.. model.Slices!.Prepare(TestVolumes.Nodule).Select(slice => slice.Input)],
        Targets = [new AllTarget(), new ConceptTarget("c", [.. Enumerable.Range(1, 48).Select(i => (float)Math.Sin(i))], Similarity.Cosine)],
        Methods = [new("cdam"), new("integrated-cdam") { SampleCount = 3 }, new("attention")],
        IncludeTokenGradients = true,
    };

    private ExplainableModel Load(ModelKind kind, Func<ModelManifest, ModelManifest> change)
    {
        var folder = _scratch.NewPath();
        var backbone = new BackboneReference(null, RandomBackbone.Config(BackboneNaming.Dino));
        change(RandomModel.WriteLung(folder, "lung", backbone, kind, seed: 5, side: 32)).Write(folder);
        return ExplainableModel.Load(folder, OnCpu);
    }

    private ExplainableModel LoadLinear(bool withUnits)
    {
        var folder = _scratch.NewPath();
        var manifest = RandomModel.Write(folder, "lung", new BackboneReference(null, RandomBackbone.Config(BackboneNaming.Dino)), classes: 8, seed: 5);
        var units = withUnits ? _biomarkers.Manifest.OutputScale : null;
        return ExplainableModel.Load(folder, manifest with { Kind = ModelKind.Biomarker, OutputScale = units }, OnCpu);
    }

    /// <summary>Batches sum in another order, and scales round once more: a few roundings of 6e-8 a block, relative to the largest value.</summary>
    private static void AssertClose(float[] expected, float[] actual)
    {
        var tolerance = 2e-5 * expected.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
