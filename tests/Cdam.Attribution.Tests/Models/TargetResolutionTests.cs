using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;

namespace Cdam.Attribution.Tests.Models;

public sealed class TargetResolutionTests
{
    private static readonly OutputNames Names = new(["a, first", "b", "c", "d"]);
    private static readonly Prediction Prediction = new([1, 3, 3, -2], [3, 4]);
    private static readonly ConceptTarget Dot = new("dot", [4, 3], Similarity.DotProduct);
    private static readonly ConceptTarget Distance = new("distance", [0, 0.5f], Similarity.NegativeL2);

    [Fact]
    public void Resolve_MixedTargets_KeepsTheRequestsOrder()
    {
        var resolution = TargetResolution.Resolve([Dot, new OutputTarget(3), new TopTarget(2), Distance, new OutputTarget(0)], Names, [Prediction]);
        Assert.Equal(
            [
                new ResolvedTarget(0, null, "dot", 24), new ResolvedTarget(1, 3, "d", -2), new ResolvedTarget(2, 1, "b", 3),
                new ResolvedTarget(2, 2, "c", 3), new ResolvedTarget(3, null, "distance", (float)-Math.Sqrt(9 + 3.5 * 3.5)), new ResolvedTarget(4, 0, "a", 1),
            ],
            resolution.All);

        // Made: outputs 3, 1, 2, 0, then the concepts in their order.
        Assert.Equal(["dot", "3", "1", "2", "distance", "0"], resolution.Unsort(["3", "1", "2", "0", "dot", "distance"]));
    }

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(2, new[] { 1, 2 })]
    [InlineData(4, new[] { 1, 2, 0, 3 })]
    public void Resolve_TiesInTop_KeepTheLowerIndexFirst(int count, int[] outputs) =>
        Assert.Equal(outputs, TargetResolution.Resolve([new TopTarget(count)], Names, [Prediction]).All.Select(target => target.OutputIndex!.Value));

    [Fact]
    public void Resolve_All_IsEveryOutputInOrder() =>
        Assert.Equal([0, 1, 2, 3], TargetResolution.Resolve([new AllTarget()], Names, [Prediction]).All.Select(target => target.OutputIndex!.Value));

    [Fact]
    public void Explain_MixedTargets_GivesEachItsOwnMap()
    {
        using var small = new SmallModel();
        var concept = new ConceptTarget("c", small.Model.Predict([SmallModel.Input(9)])[0].Latent, Similarity.Cosine);
        Target[] targets = [concept, new OutputTarget(4), concept with { Similarity = Similarity.NegativeL2 }, new OutputTarget(1)];
        var together = Explain(small.Model, targets);
        Assert.Equal([0, 1, 2, 3], together.Maps.Select(map => map.Target!.Value));
        for (var i = 0; i < targets.Length; i++)
        {
            var alone = Explain(small.Model, [targets[i]]);
            AssertClose(alone.Maps[0].Scores, together.Maps[i].Scores);
            AssertClose(alone.TokenGradients![0], together.TokenGradients![i]);
        }
    }

    private static ViewExplanation Explain(ExplainableModel model, Target[] targets) => model.Explain(
        [new ExplainItem { Views = [SmallModel.Input(1)], Targets = targets, Methods = [new("cdam")], IncludeTokenGradients = true }])[0]!.Views[0];

    /// <summary>Products of other widths sum in another order: a few roundings of 6e-8, relative to the largest value.</summary>
    private static void AssertClose(float[] expected, float[] actual)
    {
        var tolerance = 2e-5 * expected.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
