using Cdam.Evaluator.Evaluation;
using Cdam.Evaluator.Explaining;
using Cdam.Scoring.Collecting;
using Cdam.Scoring.Metrics;
using Cdam.V1;
using MetricValue = Cdam.Scoring.Metrics.MetricValue;

namespace Cdam.Evaluator.Sessions;

/// <summary>Reads an image's metrics and curves off its scoresheet.</summary>
/// <param name="settings">The session's.</param>
/// <param name="needs">Of its metrics.</param>
/// <param name="explanation">Of the class whose logit is read.</param>
/// <param name="maps">Its maps, then, in pairs, those of the wrong class, in the same order of methods.</param>
/// <param name="sheet">Complete; null where nothing was perturbed.</param>
/// <param name="mask">A byte for each pixel, not 0 where the object of the right class is; null where no metric needs it.</param>
internal sealed class ImageResults(
    BenchmarkSettings settings, BenchmarkNeeds needs, Explanation explanation, IReadOnlyList<ScoreMap> maps, Scoresheet? sheet, byte[]? mask)
{
    private const string WrongClass = "_wrong_class";

    /// <summary>In the order of the settings.</summary>
    internal IReadOnlyList<MeasuredMethod> Methods() => [.. settings.Methods.Select(method => Measure(Position(method.Name)))];

    private int Position(string method)
    {
        var position = explanation.Maps.Select(map => map.Method).ToList().IndexOf(method);
        return position >= 0 ? position : throw ExplainerFault.BadAnswer($"no map of {method} came, but of {string.Join(", ", explanation.Maps.Select(map => map.Method))}.");
    }

    private MeasuredMethod Measure(int map)
    {
        // Undefined for this image: a constant map, say. It counts as absent, and no mean survives an infinite one.
        var values = Values(map).Where(value => settings.Metrics.Contains(value.Metric.Name) && double.IsFinite(value.Value))
            .ToDictionary(value => value.Metric.Name, value => value.Value);
        var curves = Curves(map, "").Concat(needs.Pairs ? Curves(Wrong(map), WrongClass) : []);
        return new MeasuredMethod(maps[map].Method, values, [.. curves.Where(curve => curve.Y.All(double.IsFinite))]);
    }

    private IEnumerable<MetricValue> Values(int map)
    {
        var measured = MapMetrics.Of(maps[map].Pixels).Concat(sheet?.Metrics(map, 0) ?? []);
        measured = mask is null ? measured : measured.Concat(MapMetrics.Of(maps[map].Pixels, mask));
        measured = needs.Pairs && sheet is not null ? measured.Concat(sheet.Discrimination(map, Wrong(map), 0)) : measured;
        return MethodMeasurement.Consistency(maps[map], explanation.TokenGradients) is { } consistency
            ? measured.Append(new(GradientConsistency.Definition, consistency))
            : measured;
    }

    private IEnumerable<MeasuredCurve> Curves(int map, string suffix)
    {
        if (sheet is null)
        {
            yield break;
        }

        if (needs.Percents.Length > 0)
        {
            var fidelity = sheet.Fidelity(map, 0);
            yield return new MeasuredCurve("mif" + suffix, fidelity.Percents, fidelity.MostImportantFirst);
            yield return new MeasuredCurve("lif" + suffix, fidelity.Percents, fidelity.LeastImportantFirst);
        }

        if (needs.Boxes)
        {
            var boxes = sheet.Boxes(map, 0);
            yield return new MeasuredCurve("box" + suffix, boxes.Sides, boxes.Correlations);
        }
    }

    private int Wrong(int map) => map + explanation.Maps.Count;
}
