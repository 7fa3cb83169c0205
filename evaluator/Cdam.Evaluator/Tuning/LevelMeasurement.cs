using Cdam.Evaluator.Explaining;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Sources;
using Cdam.Scoring.Planning;
using Cdam.V1;

namespace Cdam.Evaluator.Tuning;

/// <summary>
/// Measures an image at all levels: a map of each method at each level, then all of them in one plan, so that end points and equal rankings
/// are asked for once.
/// </summary>
/// <param name="explainer">Gives maps, then logits.</param>
/// <param name="tuning">What is compared.</param>
/// <param name="timeout">For each image.</param>
/// <param name="clock">Measures it.</param>
internal sealed class LevelMeasurement(ExplainerService.ExplainerServiceClient explainer, NoiseTuning tuning, TimeSpan timeout, TimeProvider clock)
{
    /// <returns>A_LIF−MIF by level, then method.</returns>
    /// <exception cref="Grpc.Core.RpcException">The explainer refuses the image, or is lost.</exception>
    internal async Task<LevelOutcome> MeasureAsync(SourcePicture source, CancellationToken cancellation)
    {
        var (first, explanation) = await ExplainAsync(source, tuning.Levels[0], cancellation);
        var maps = new List<ScoreMap>(InOrder(explanation));
        foreach (var level in tuning.Levels.Skip(1))
        {
            maps.AddRange(InOrder((await ExplainAsync(source, level, cancellation)).Explanation));
        }

        var plan = PerturbationPlan.Of([.. maps.Select(map => map.Pixels)], [.. tuning.Settings.Percents], boxes: []);
        var sheet = await ImageMeasurement.PerturbAsync(first, explanation, plan, cancellation);
        var areas = Enumerable.Range(0, maps.Count).Select(map => sheet.Fidelity(map, logit: 0).AreaBetween);
        return new LevelOutcome([.. areas.Chunk(tuning.Settings.Methods.Count)], plan.ForwardPasses, plan.NaiveForwardPasses);
    }

    private async Task<(ExplainerSession Session, Explanation Explanation)> ExplainAsync(
        SourcePicture source, float level, CancellationToken cancellation)
    {
        var settings = tuning.Settings;
        var request = new EvaluateImageRequest
        {
            Model = settings.Model,
            Image = source.Image,
            Target = ImageTarget.Of(settings, source.Labels),
            Methods = { settings.Methods.Select(method => new MethodSpec(method) { NoiseLevel = level }) },
        };
        var session = new ExplainerSession(explainer, request, (clock.GetUtcNow() + timeout).UtcDateTime);
        return (session, await session.ExplainAsync(cancellation));
    }

    private IEnumerable<ScoreMap> InOrder(Explanation explanation) => tuning.Settings.Methods.Select(
        method => explanation.Maps.FirstOrDefault(map => map.Method == method.Name)
            ?? throw ExplainerFault.BadAnswer($"no map of {method.Name} came, but of {string.Join(", ", explanation.Maps.Select(map => map.Method))}."));
}
