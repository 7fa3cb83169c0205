using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Tests.ClosedForm;
using Cdam.Attribution.Verification;

namespace Cdam.Attribution.Tests.Models;

public sealed class ExplainableModelTests : IDisposable
{
    private static readonly MethodRequest[] Methods =
    [
        new("cdam"), new("attention"), new("smooth-cdam") { SampleCount = 5 }, new("smooth-cdam") { SampleCount = 5, Space = TokenSpace.AttentionInput },
        new("integrated-cdam") { SampleCount = 5 }, new("integrated-cdam") { SampleCount = 5, Space = TokenSpace.BlockInput },
        new("relevance-propagation"), new("partial-lrp"), new("gradcam"), new("token-ablation"),
        new("input-x-gradient"), new("integrated-gradients") { SampleCount = 3 }, new("smooth-grad") { SampleCount = 3 },
    ];

    private readonly SmallModel _small = new();

    private ExplainableModel Model => _small.Model;

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Explain_EveryMethodAndTarget_GivesFiniteMapsOfTheRightSize()
    {
        var explanation = Model.Explain([Item(1)])[0]!;
        Assert.Equal(5 + 2 + 1 + 3, explanation.Targets.Count);
        Assert.Equal(12 * 11 + 1, explanation.Views[0].Maps.Count);
        Assert.Equal(new TokenGrid(3, 5, 4, 5), explanation.Grid);
        Assert.All(explanation.Views[0].Maps, map =>
        {
            var cell = map.Method.Granularity == MapGranularity.Pixel ? 4 : 1;
            Assert.Equal((3 * cell, 5 * cell, 15 * cell * cell), (map.Rows, map.Columns, map.Scores.Length));
            Assert.All(map.Scores, score => Assert.True(float.IsFinite(score)));
            Assert.Equal(map.Method.Name is "cdam" or "attention", map.Heads is not null);
            Assert.Equal(map.Method.Name == "attention", map.Target is null);
            Assert.Equal(
                map.Parameters is { Name: "integrated-cdam", Space: TokenSpace.AttentionInput } or { Name: "integrated-gradients" },
                map.CompletenessGap is not null);
        });
        Assert.Equal((20 * 48, 3 * 20), (explanation.Views[0].Tokens!.Length, explanation.Views[0].Attention!.Length));
        Assert.All(explanation.Views[0].TokenGradients!, gradient => Assert.Equal(20 * 48, gradient.Length));
    }

    [Fact]
    public void Explain_AnImageInABatch_GivesTheMapsItHasAlone()
    {
        var batch = Model.Explain([Batched(1), Batched(2), Batched(3)]);
        var alone = Model.Explain([Batched(2)])[0]!;
        AssertClose(alone.Prediction.Logits, batch[1]!.Prediction.Logits);
        Assert.All(alone.Views[0].Maps.Zip(batch[1]!.Views[0].Maps), pair => AssertClose(pair.First, pair.Second));
        Assert.NotEqual(batch[0]!.Views[0].Maps[0].Scores, batch[1]!.Views[0].Maps[0].Scores);
    }

    /// <summary>Alone it keeps the graph of its forward pass; beside another pixel method, or in several views, it makes its own.</summary>
    [Fact]
    public void Explain_InputXGradient_IsOneMapHoweverItsGraphIsMade()
    {
        MethodRequest own = new("ixg"), other = new("smooth-grad") { SampleCount = 1 };
        var batch = Model.Explain([Item(1) with { Methods = [other] }, Item(2) with { Methods = [own, new("cdam"), own] }, Item(3) with { Methods = [own] }]);
        var beside = Model.Explain([Item(2) with { Methods = [own, new("cdam"), other] }])[0]!;
        var views = Model.Explain([Item(2) with { Views = [SmallModel.Input(1), SmallModel.Input(2)], Targets = [new AllTarget()], Methods = [own] }])[0]!;
        var (maps, count) = (batch[1]!.Views[0].Maps, batch[1]!.Targets.Count);
        Assert.All(beside.Views[0].Maps.Take(2 * count).Zip(maps), pair => AssertClose(pair.First.Scores, pair.Second.Scores));
        Assert.All(maps.Skip(2 * count).Zip(maps), pair => AssertClose(pair.First.Scores, pair.Second.Scores));
        Assert.All(views.Views[1].Maps.Zip(maps), pair => AssertClose(pair.First.Scores, pair.Second.Scores));
        Assert.NotEqual(maps[0].Scores, batch[2]!.Views[0].Maps[0].Scores);
        AssertClose(beside.Prediction.Logits, batch[1]!.Prediction.Logits);
    }

    [Fact]
    public void Explain_TheSameTwice_GivesTheSameBits()
    {
        var (first, second) = (Model.Explain([Item(1)])[0]!, Model.Explain([Item(1)])[0]!);
        Assert.All(first.Views[0].Maps.Zip(second.Views[0].Maps), pair => Assert.Equal(pair.First.Scores, pair.Second.Scores));
    }

    [Fact]
    public void Predict_ModelLoadedAgain_GivesTheSameBits()
    {
        var input = ModelInput.FromPicture(new PixelImage(32, 32, [.. Enumerable.Range(0, 32 * 32 * 3).Select(i => (byte)(i * 7))]));
        var expected = Model.Predict([input])[0].Latent;
        for (var load = 1; load <= 10; load++)
        {
            // Arrays of odd lengths, so that the next ones lie elsewhere relative to 64 bytes.
            GC.KeepAlive(new byte[100_001 + 8 * load]);
            using var again = ExplainableModel.Load(_small.Folder, new ModelOptions { Device = "cpu" });
            Assert.Equal(expected, again.Predict([input])[0].Latent);
        }
    }

    [Fact]
    public void Explain_AttentionWithoutATarget_GivesItsOneMap()
    {
        var item = Item(1) with { Targets = [], Methods = [new MethodRequest("attention")], IncludeTokenGradients = false };
        Model.Check(item);
        var explanation = Model.Explain([item])[0]!;
        Assert.Empty(explanation.Targets);
        Assert.Null(Assert.Single(explanation.Views[0].Maps).Target);
    }

    [Fact]
    public void Explain_CancelledItem_IsNullAndTheOthersAreThere()
    {
        var explanations = Model.Explain([Item(1), Item(2), Item(3)], index => index == 1);
        Assert.Equal([false, true, false], explanations.Select(explanation => explanation is null));
    }

    [Theory]
    [InlineData("input-x-gradient")]
    [InlineData("integrated-gradients")]
    [InlineData("smooth-grad")]
    public void Explain_AbandonedWithinAMethod_EndsThatItemAlone(string method)
    {
        var item = Item(1) with { Methods = [new(method)] };
        var asked = 0;
        var explanations = Model.Explain([item, item], index => index == 0 && ++asked > 1);
        Assert.Null(explanations[0]);
        Assert.NotNull(explanations[1]);
        Assert.Equal(2, asked);
    }

    [Fact]
    public void Explain_CancelledWhileAMethodRuns_IsNullAndTheOthersAreThere()
    {
        var slow = Item(1) with { Methods = [new("token-ablation")] };
        var asked = 0;
        var explanations = Model.Explain([slow, Item(2)], index => index == 0 && ++asked > 2);
        Assert.Equal([true, false], explanations.Select(explanation => explanation is null));
    }

    /// <summary>Views share a forward pass, recorded or not; each must find its own part of it.</summary>
    [Fact]
    public void Explain_SeveralViews_GivesEachTheMapsItHasAlone()
    {
        var views = Model.Explain([Item(1) with { Views = [SmallModel.Input(1), SmallModel.Input(2), SmallModel.Input(3)] }])[0]!.Views;
        var alone = Model.Explain([Item(1), Item(2), Item(3)]);
        Assert.All(Enumerable.Range(0, 3), view =>
        {
            // The top outputs are those of the mean over the views, which a view alone need not have.
            var maps = views[view].Maps.Zip(alone[view]!.Views[0].Maps).Where(pair => pair.First.Target is null or < 5 or > 6);
            Assert.All(maps, pair => AssertClose(pair.Second, pair.First));
        });
    }

    [Fact]
    public void Predict_ABatch_EqualsTheStandardForwardPass()
    {
        ModelInput[] inputs = [SmallModel.Input(1), SmallModel.Input(2)];
        foreach (var (expected, actual) in Model.Engine.PredictInFull(inputs).Zip(Model.Predict(inputs)))
        {
            AssertClose(expected.Logits, actual.Logits);
            AssertClose(expected.Latent, actual.Latent);
        }
    }

    [Fact]
    public void Explain_HeadsOfCdam_SumToTheMap()
    {
        var map = Model.Explain([Item(1)])[0]!.Views[0].Maps[0];
        AssertClose(map.Scores, [.. Enumerable.Range(0, 15).Select(patch => map.Heads![patch] + map.Heads[15 + patch] + map.Heads[30 + patch])]);
    }

    /// <summary>A distance of exactly 0, which has no slope: an image explained by the concept that it alone makes.</summary>
    [Fact]
    public void Explain_TheConceptsOwnImage_GivesFiniteMaps()
    {
        var concept = new ConceptTarget("self", Model.Predict([SmallModel.Input(1)])[0].Latent, Similarity.NegativeL2);
        var explanation = Model.Explain([Item(1) with { Targets = [concept] }])[0]!;
        Assert.All(explanation.Views[0].Maps, map => Assert.All(map.Scores, score => Assert.True(float.IsFinite(score))));
    }

    [Fact]
    public void Check_OutputsOfAHeadlessModel_AreUnsupported()
    {
        using var headless = new SmallModel(classes: 0);
        Assert.Throws<UnsupportedTargetException>(() => headless.Model.Check(Item(1)));
        var item = Item(1) with { Targets = [TargetSet.Concept(48, Similarity.Cosine)] };
        headless.Model.Check(item);
        var explanation = headless.Model.Explain([item])[0]!;
        Assert.Empty(explanation.Prediction.Logits);
        Assert.All(explanation.Views[0].Maps[0].Scores, score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void Explain_WithAnMlpHead_GivesFiniteMapsForEveryTarget()
    {
        var reference = ReferenceCase.Read(ReferenceFolder.Path("dinov2-registers-biomarkers", ""));
        using var model = ExplainableModel.Load(reference.Folder, reference.Formats()[0].Manifest, new ModelOptions { Device = "cpu" });
        var input = ModelInput.FromNormalized(28, 42, [.. Enumerable.Range(0, 3 * 28 * 42).Select(i => MathF.Sin(i))]);
        var explanation = model.Explain([Item(1) with { Views = [input] }])[0]!;
        Assert.Equal(12 * (8 + 2 + 1 + 3) + 1, explanation.Views[0].Maps.Count);
        Assert.All(explanation.Views[0].Maps, map => Assert.All(map.Scores, score => Assert.True(float.IsFinite(score))));
    }

    private static ExplainItem Item(ulong seed) => new()
    {
        Views = [SmallModel.Input(seed)],
        Targets =
        [
            new AllTarget(), new TopTarget(2), new OutputTarget(3),
            .. Enum.GetValues<Similarity>().Select(similarity => TargetSet.Concept(48, similarity)),
        ],
        Methods = Methods,
        IncludeHeads = true,
        IncludeTokens = true,
        IncludeTokenGradients = true,
        IncludeAttention = true,
    };

    /// <summary>Without the method whose items pass through the network one by one.</summary>
    private static ExplainItem Batched(ulong seed) =>
        Item(seed) with { Methods = [.. Methods.Where(method => method.Name != "relevance-propagation")] };

    /// <summary>Partial LRP divides by sums near 0, which magnifies what another order of summation leaves.</summary>
    private static void AssertClose(AttributionMap expected, AttributionMap actual) =>
        AssertClose(expected.Scores, actual.Scores, expected.Method.Name == "partial-lrp" ? 1e-3 : 2e-5);

    /// <summary>Batches sum in another order: a few roundings of 6e-8 a block, relative to the largest value.</summary>
    private static void AssertClose(float[] expected, float[] actual, double relative = 2e-5)
    {
        var tolerance = relative * expected.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
