using Cdam.Evaluator.Evaluation;
using Cdam.Evaluator.Explaining;
using Cdam.Evaluator.Sources;
using Cdam.Scoring.Metrics;
using Cdam.Scoring.Perturbations;
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
    private readonly double[] _percents = [.. settings.Percents];

    /// <param name="image">The picture.</param>
    /// <param name="labels">Its classes.</param>
    /// <param name="cancellation">Ends the calls to the explainer.</param>
    /// <exception cref="Grpc.Core.RpcException">The explainer refuses the image, or is lost.</exception>
    internal async Task<ImageOutcome> MeasureAsync(Image image, IReadOnlyList<ImageLabel> labels, CancellationToken cancellation)
    {
        var request = new EvaluateImageRequest { Model = settings.Model, Image = image, Methods = { settings.Methods } };
        if (Target(labels) is { } target)
        {
            request.Target = target;
        }

        var session = new ExplainerSession(explainer, request, (clock.GetUtcNow() + timeout).UtcDateTime);
        var gathered = new Gathered(_percents);
        await foreach (var step in new ImageEvaluation(session, _percents, clock).RunAsync(cancellation))
        {
            gathered.Add(step);
        }

        return gathered.Outcome([.. settings.Methods.Select(method => method.Name)], [.. settings.Metrics]);
    }

    private Target? Target(IReadOnlyList<ImageLabel> labels) =>
        settings.LabelUse == LabelUse.Unspecified ? settings.Target : labels[0].ToTarget();

    /// <summary>The events of one evaluation.</summary>
    private sealed class Gathered(double[] percents)
    {
        private readonly Dictionary<(string Method, PixelOrder Order), double[]> _curves = [];
        private readonly Dictionary<string, EvaluationEvent.MethodMeasured> _measured = [];
        private EvaluationEvent.Planned? _planned;
        private EvaluationEvent.Finished? _finished;

        internal void Add(EvaluationEvent step)
        {
            switch (step)
            {
                case EvaluationEvent.Planned planned:
                    _planned = planned;
                    break;
                case EvaluationEvent.PointTraced point:
                    Curve(point.Method, point.Order)[Array.IndexOf(percents, point.Percent)] = point.Value;
                    break;
                case EvaluationEvent.MethodMeasured measured:
                    _measured[measured.Method] = measured;
                    break;
                case EvaluationEvent.Finished finished:
                    _finished = finished;
                    break;
            }
        }

        internal ImageOutcome Outcome(string[] methods, string[] metrics)
        {
            if (_planned is null || _finished is null || methods.FirstOrDefault(method => !_measured.ContainsKey(method)) is not null)
            {
                throw ExplainerFault.BadAnswer(
                    $"maps came for {string.Join(", ", _measured.Keys)}; {string.Join(", ", methods)} were asked for.");
            }

            return new ImageOutcome(_planned.Target, [.. methods.Select(method => Method(_measured[method], metrics))],
                _planned.ForwardPasses, _planned.NaiveForwardPasses, _finished.WaitedForExplainer, _finished.Total);
        }

        private MeasuredMethod Method(EvaluationEvent.MethodMeasured measured, string[] metrics)
        {
            (string Name, double? Value)[] all =
            [
                (MostImportantFirstArea.Definition.Name, measured.MifArea),
                (LeastImportantFirstArea.Definition.Name, measured.LifArea),
                (AreaBetweenOrders.Definition.Name, measured.AreaBetween),
                (Compactness.Definition.Name, measured.Compactness),
                (GradientConsistency.Definition.Name, measured.GradientConsistency),
            ];

            // A map of zeros has an infinite consistency, which no mean survives: it counts as not defined.
            var values = all.Where(pair => metrics.Contains(pair.Name) && pair.Value is { } value && double.IsFinite(value))
                .ToDictionary(pair => pair.Name, pair => pair.Value!.Value);
            return new MeasuredMethod(measured.Method, values,
            [
                new MeasuredCurve("mif", percents, Curve(measured.Method, PixelOrder.MostImportantFirst)),
                new MeasuredCurve("lif", percents, Curve(measured.Method, PixelOrder.LeastImportantFirst)),
            ]);
        }

        private double[] Curve(string method, PixelOrder order)
        {
            if (!_curves.TryGetValue((method, order), out var curve))
            {
                _curves[(method, order)] = curve = new double[percents.Length];
            }

            return curve;
        }
    }
}
