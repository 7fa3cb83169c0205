using Cdam.Evaluator.Tests.LinearModel;
using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;
using Cdam.V1;

namespace Cdam.Evaluator.Tests;

public sealed class FidelityCurveTests
{
    // Logits here are below 16 and pass through float32, whose rounding is then at most 5e-7; areas sum it over 100 percent.
    private const double LogitTolerance = 1e-6;
    private const double AreaTolerance = 1e-4;

    [Theory]
    [InlineData("cdam")]
    [InlineData("input_x_gradient")]
    [InlineData("gradcam")] // to be interpolated
    public async Task Curves_LinearModel_AreThoseOfADirectComputation(string method)
    {
        await using var system = await EvaluatorFixture.StartAsync();
        var request = EvaluatorFixture.Request("linear", method);
        request.Target = new Target { Index = 2 };

        var events = await system.EvaluateAsync(request);

        var mif = Curve(events, method, PerturbationOrder.MostImportantFirst);
        var lif = Curve(events, method, PerturbationOrder.LeastImportantFirst);
        var scores = Scores(method, output: 2);
        var pixels = Enumerable.Range(0, scores.Length).ToArray();
        AssertClose(Direct(pixels.OrderByDescending(pixel => scores[pixel]), output: 2), mif);
        AssertClose(Direct(pixels.OrderBy(pixel => scores[pixel]), output: 2), lif);

        var result = Assert.Single(events, step => step.Result is not null).Result;
        Assert.Equal(Area(mif), result.AMif, AreaTolerance);
        Assert.Equal(Area(lif), result.ALif, AreaTolerance);
        Assert.Equal(Area(lif) - Area(mif), result.ALifMif, 2 * AreaTolerance);
        Assert.Equal((double)scores.Count(score => score <= 0.05 * scores.Max()) / scores.Length, result.Compactness, 1e-12);
    }

    [Fact]
    public async Task Events_WholeEvaluation_ComeInTheirOrder()
    {
        await using var system = await EvaluatorFixture.StartAsync();

        var events = await system.EvaluateAsync(EvaluatorFixture.Request());

        Assert.NotEmpty(events[0].Started.EvaluationId);
        var planned = events[1].Planned;
        Assert.Equal(("opencv-gaussian sigma=14", LinearPicture.Width, LinearPicture.Height), (planned.Blur, planned.Width, planned.Height));
        // 2 ends, and 9 inner points in each of 2 orders; 22 without sharing the ends.
        Assert.Equal((20, 22), (planned.PlannedForwardPasses, planned.NaiveForwardPasses));
        Assert.Equal(LinearPicture.Logit(planned.Target.OutputIndex, LinearPicture.Pixels()), planned.Target.Value);
        Assert.All(events[2..24], step => Assert.NotNull(step.Point));
        Assert.Equal("cdam", events[24].Result.Method);
        Assert.Equal(20, events[25].Finished.ForwardPasses);
        Assert.InRange(events[25].Finished.ExplainerMs, 0, events[25].Finished.TotalMs);
        Assert.Equal(26, events.Count);
    }

    [Fact]
    public async Task Predict_SeveralMethods_SendsThePictureOnceAndEachDistinctRankingOnce()
    {
        await using var system = await EvaluatorFixture.StartAsync();

        var events = await system.EvaluateAsync(EvaluatorFixture.Request("linear", "cdam", "negated", "attention"));

        // All three rank alike, one of them the other way round: two rankings and two ends in all.
        Assert.Equal((20, 66), (events[1].Planned.PlannedForwardPasses, events[1].Planned.NaiveForwardPasses));
        var messages = system.Explainer.PredictMessages;
        Assert.Equal(
            [PredictRequest.MessageOneofCase.Setup, PredictRequest.MessageOneofCase.Picture],
            messages.Take(2).Select(message => message.MessageCase));
        Assert.Equal(4, messages.Count(message => message.Perturbation is not null));
        Assert.Equal(
            ["attention", "cdam", "negated"],
            events.Where(step => step.Result is not null).Select(step => step.Result.Method).Order(StringComparer.Ordinal));
        Assert.Equal(
            Curve(events, "cdam", PerturbationOrder.MostImportantFirst), Curve(events, "negated", PerturbationOrder.LeastImportantFirst));
        Assert.Equal(["models/linear", "models/linear"], system.Explainer.ModelHeaders);
    }

    [Fact]
    public async Task Percents_ThatMeanTheSameNumberOfPixels_AreAskedForOnce()
    {
        await using var system = await EvaluatorFixture.StartAsync();
        var request = EvaluatorFixture.Request();
        // 384 pixels: 0.1 % is none, 50 % and 50.1 % are both 192.
        request.Percents.AddRange([0, 0.1, 50, 50.1, 100]);

        var events = await system.EvaluateAsync(request);

        Assert.Equal((4, 10), (events[1].Planned.PlannedForwardPasses, events[1].Planned.NaiveForwardPasses));
        Assert.Equal(10, events.Count(step => step.Point is not null));
    }

    public static TheoryData<Target> ConceptTargets =>
        [new Target { Concept = new Concept { DisplayName = "stripes", Vector = { 1, 0 } } }, new Target { ConceptId = "striped" }];

    [Theory]
    [MemberData(nameof(ConceptTargets), DisableDiscoveryEnumeration = true)]
    public async Task Concept_AsTarget_IsReadAfterTheModelsOutputs(Target target)
    {
        await using var system = await EvaluatorFixture.StartAsync();
        var request = EvaluatorFixture.Request();
        request.Target = target;

        var events = await system.EvaluateAsync(request);

        Assert.False(events[1].Planned.Target.HasOutputIndex);
        var unperturbed = events.First(step => step.Point?.Percent == 0).Point.Value;
        Assert.Equal(LinearPicture.Logit(0, LinearPicture.Pixels()), unperturbed, LogitTolerance);
    }

    [Theory]
    [InlineData("cdam", 0.0)]
    [InlineData("inflated_cdam", 0.5)] // |S − 2 S| / |2 S|
    public async Task GradientConsistency_OfCdam_IsTheGapBetweenMapAndTokenGradients(string method, double expected)
    {
        await using var system = await EvaluatorFixture.StartAsync();

        var events = await system.EvaluateAsync(EvaluatorFixture.Request("linear", method));

        // Tokens and scores are float32: about 1e-7 of the largest score, 192 products a patch.
        Assert.Equal(expected, events.Single(step => step.Result is not null).Result.GradientConsistency, 1e-5);
    }

    [Fact]
    public async Task GradientConsistency_OfOtherMethods_IsAbsent()
    {
        await using var system = await EvaluatorFixture.StartAsync();

        var events = await system.EvaluateAsync(EvaluatorFixture.Request("linear", "attention"));

        Assert.False(events.Single(step => step.Result is not null).Result.HasGradientConsistency);
    }

    private static float[] Scores(string method, int output)
    {
        if (method == "input_x_gradient")
        {
            return LinearPicture.PixelScores(output, LinearPicture.Pixels());
        }

        var patches = LinearPicture.PatchScores(output, LinearPicture.Pixels());
        if (method == "gradcam")
        {
            return PixelMap.OfTokens(patches, LinearPicture.Rows, LinearPicture.Columns, LinearPicture.Patch, MapExpansion.Bilinear).Scores.ToArray();
        }

        var scores = new float[LinearPicture.Width * LinearPicture.Height];
        for (var patch = 0; patch < patches.Length; patch++)
        {
            foreach (var pixel in LinearPicture.PixelsOf(patch))
            {
                scores[pixel] = patches[patch];
            }
        }

        return scores;
    }

    /// <summary>The logit after the first 0, 10, …, 100 percent of the pixels were blurred, one picture after another.</summary>
    private static float[] Direct(IEnumerable<int> ranking, int output)
    {
        var order = ranking.ToArray();
        var original = LinearPicture.Pixels();
        var blurred = GaussianBlur.Apply(original, LinearPicture.Width, LinearPicture.Height);
        return [.. Enumerable.Range(0, 11).Select(tenth =>
        {
            var picture = original.ToArray();
            foreach (var pixel in order.Take((int)Math.Round(order.Length * tenth / 10.0, MidpointRounding.ToEven)))
            {
                blurred.AsSpan(3 * pixel, 3).CopyTo(picture.AsSpan(3 * pixel));
            }

            return LinearPicture.Logit(output, picture);
        })];
    }

    private static float[] Curve(IEnumerable<EvaluateImageResponse> events, string method, PerturbationOrder order) =>
    [
        .. events.Select(step => step.Point).Where(point => point?.Method == method && point.Order == order)
            .OrderBy(point => point.Percent).Select(point => point.Value),
    ];

    private static double Area(float[] curve) => curve.Zip(curve.Skip(1), (a, b) => 10 * ((double)a + b) / 2).Sum();

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, LogitTolerance));
    }
}
