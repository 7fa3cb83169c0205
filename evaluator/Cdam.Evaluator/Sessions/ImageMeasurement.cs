using Cdam.Evaluator.Explaining;
using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sources;
using Cdam.Scoring.Collecting;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Planning;
using Cdam.V1;

namespace Cdam.Evaluator.Sessions;

/// <summary>An image goes in, each method's results come out: all that sessions know of explaining, perturbing and scoring.</summary>
/// <param name="explainer">Gives maps, then logits.</param>
/// <param name="settings">The session's.</param>
/// <param name="timeout">For each image.</param>
/// <param name="clock">Measures it.</param>
internal sealed class ImageMeasurement(
    ExplainerService.ExplainerServiceClient explainer, BenchmarkSettings settings, TimeSpan timeout, TimeProvider clock)
{
    private readonly BenchmarkNeeds _needs = new(settings);

    /// <summary>Whether images must come with their masks.</summary>
    internal bool NeedsMasks => _needs.Masks;

    /// <param name="source">The picture, its classes and, where a metric needs it, its mask.</param>
    /// <param name="position">Its number in the source.</param>
    /// <param name="cancellation">Ends the calls to the explainer.</param>
    /// <exception cref="Grpc.Core.RpcException">The explainer refuses the image, or is lost.</exception>
    internal async Task<ImageOutcome> MeasureAsync(SourcePicture source, int position, CancellationToken cancellation)
    {
        var (image, labels) = (source.Image, source.Labels);
        var start = clock.GetTimestamp();
        var isExample = position < ExampleMap.Images;
        var right = Session(image, ImageTarget.Of(settings, labels), isExample);
        var explanation = await right.ExplainAsync(cancellation);
        var mask = source.Mask is { } given ? MaskPlacement.Over(given, explanation) : null;
        IReadOnlyList<ScoreMap> maps = explanation.Maps;
        ExplainerSession? wrong = null;
        if (_needs.Pairs)
        {
            wrong = Session(image, labels[1].ToTarget(), isExample: false);
            maps = [.. maps, .. (await wrong.ExplainAsync(cancellation)).Maps];
        }

        var sheet = await PerturbAsync(right, explanation, maps, position, cancellation);
        var results = new ImageResults(settings, _needs, explanation, maps, sheet?.Sheet, mask);
        return new ImageOutcome(
            explanation.Target, results.Methods(), sheet?.Plan.ForwardPasses ?? 0, sheet?.Plan.NaiveForwardPasses ?? 0,
            right.Waited + (wrong?.Waited ?? TimeSpan.Zero), clock.GetElapsedTime(start))
        {
            SentBytes = right.SentBytes + (wrong?.SentBytes ?? 0),
            ReceivedBytes = right.ReceivedBytes + (wrong?.ReceivedBytes ?? 0),
            Examples = isExample ? [.. explanation.Maps.Select(Example)] : [],
        };
    }

    private static ExampleMap Example(ScoreMap map) => new(map.Method, map.IsOfTokens ? map.Scores : [], map.Overlay.ToArray());

    private ExplainerSession Session(Image image, Target? target, bool isExample)
    {
        var request = new EvaluateImageRequest { Model = settings.Model, Image = image, Target = target, Methods = { settings.Methods } };
        return new ExplainerSession(explainer, request, (clock.GetUtcNow() + timeout).UtcDateTime)
        {
            WithOverlays = isExample,
            ConceptId = settings.Target?.ConceptId ?? "",
        };
    }

    /// <summary>Null where no metric needs a perturbed picture.</summary>
    private async Task<(PerturbationPlan Plan, Scoresheet Sheet)?> PerturbAsync(
        ExplainerSession session, Explanation explanation, IReadOnlyList<ScoreMap> maps, int position, CancellationToken cancellation)
    {
        var picture = explanation.Picture;
        if (_needs.Percents.Length == 0 && !_needs.Boxes)
        {
            return null;
        }

        var plan = Plan(maps, position, picture);
        return (plan, await PerturbAsync(session, explanation, plan, cancellation));
    }

    /// <summary>Asks for the logits of a plan, all of them.</summary>
    internal static async Task<Scoresheet> PerturbAsync(
        ExplainerSession session, Explanation explanation, PerturbationPlan plan, CancellationToken cancellation)
    {
        var picture = explanation.Picture;
        var sheet = new Scoresheet(plan, logitCount: 1);
        var blurred = GaussianBlur.Apply(picture.Rgb, picture.Width, picture.Height);
        await foreach (var answer in session.PredictAsync(picture, blurred, explanation.Target, plan.Perturbations, cancellation))
        {
            try
            {
                sheet.Add(answer.Perturbation, answer.Step, [answer.Value]);
            }
            catch (UnexpectedAnswerException fault)
            {
                throw ExplainerFault.BadAnswer(fault.Message);
            }
        }

        return sheet.Outstanding == 0
            ? sheet
            : throw ExplainerFault.BadAnswer($"Predict ended before {sheet.Outstanding} of {plan.ForwardPasses} logits.");
    }

    /// <summary>Sides of boxes that a picture is too small for are the only thing that can be wrong by now.</summary>
    private PerturbationPlan Plan(IReadOnlyList<ScoreMap> maps, int position, RgbPicture picture)
    {
        try
        {
            return PerturbationPlan.Of([.. maps.Select(map => map.Pixels)], _needs.Percents, _needs.BoxesOf(position, picture.Height, picture.Width));
        }
        catch (ArgumentException fault)
        {
            throw RequestFault.Of("settings.boxes.sides", $"do not fit a picture of {picture.Width} × {picture.Height} pixels: {fault.Message}");
        }
    }
}
