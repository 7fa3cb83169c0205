using Cdam.Evaluator.Sessions;
using Cdam.V1;

namespace Cdam.Evaluator.Requests;

/// <summary>Whether the metrics exist and have what they need.</summary>
internal static class MetricCheck
{
    private const int MostSides = 64;
    private const int FewestBoxes = 3; // a correlation of two is always ±1
    private const int MostBoxes = 10_000;

    internal static void Check(BenchmarkSettings settings)
    {
        for (var i = 0; i < settings.Metrics.Count; i++)
        {
            CheckName(settings, i);
        }

        var metrics = settings.Metrics.Select(BenchmarkMetric.Find).OfType<BenchmarkMetric>().ToList();
        if (settings.Boxes is not null && !metrics.Any(metric => metric.UsesBoxes))
        {
            throw RequestFault.Of("settings.boxes", "is set, but none of the metrics blurs boxes.");
        }

        if (settings.LabelUse == LabelUse.Pair && !metrics.Any(metric => metric.UsesPairs))
        {
            throw RequestFault.Of("settings.label_use", "is LABEL_USE_PAIR, but none of the metrics compares two classes.");
        }

        if (settings.LabelUse != LabelUse.Pair && metrics.FirstOrDefault(metric => metric.UsesPairs) is { } paired)
        {
            throw RequestFault.Of("settings.label_use", $"is {settings.LabelUse}; '{paired.Definition.Name}' needs LABEL_USE_PAIR.");
        }

        CheckBoxes(settings.Boxes ?? new BoxSampling());
    }

    private static void CheckName(BenchmarkSettings settings, int position)
    {
        var name = settings.Metrics[position];
        if (BenchmarkMetric.Find(name) is null)
        {
            var known = string.Join(", ", BenchmarkMetric.All.Select(metric => metric.Definition.Name));
            throw RequestFault.Of($"settings.metrics[{position}]", $"'{name}' is no metric of this evaluator; there are {known}.");
        }

        if (settings.Metrics.Take(position).Contains(name))
        {
            throw RequestFault.Of($"settings.metrics[{position}]", $"'{name}' is asked for more than once.");
        }
    }

    private static void CheckBoxes(BoxSampling boxes)
    {
        if (boxes.Sides.Count is 1 or > MostSides)
        {
            throw RequestFault.Of("settings.boxes.sides", $"{boxes.Sides.Count} sides; 2 to {MostSides} are permitted, or none for the default.");
        }

        for (var i = 0; i < boxes.Sides.Count; i++)
        {
            var least = i == 0 ? 1 : boxes.Sides[i - 1] + 1L;
            if (boxes.Sides[i] < least)
            {
                throw RequestFault.Of($"settings.boxes.sides[{i}]", $"{boxes.Sides[i]}; at least {least} is required, sides being ascending.");
            }
        }

        if (boxes.BoxesPerSide != 0 && boxes.BoxesPerSide is < FewestBoxes or > MostBoxes)
        {
            throw RequestFault.Of("settings.boxes.boxes_per_side",
                $"{boxes.BoxesPerSide}; {FewestBoxes} to {MostBoxes} are permitted, or 0 for the default.");
        }
    }
}
