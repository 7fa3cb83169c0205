using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Sources;
using Cdam.Scoring.Metrics;
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

        var needs = BenchmarkMetric.NeedsOf(settings.Metrics);
        if (settings.Boxes is not null && !needs.HasFlag(MetricNeeds.Boxes))
        {
            throw RequestFault.Of("settings.boxes", "is set, but none of the metrics blurs boxes.");
        }

        if (settings.LabelUse == LabelUse.Pair && !needs.HasFlag(MetricNeeds.TwoLabels))
        {
            throw RequestFault.Of("settings.label_use", "is LABEL_USE_PAIR, but none of the metrics compares two classes.");
        }

        if (settings.LabelUse != LabelUse.Pair && FirstOf(settings, MetricNeeds.TwoLabels) is >= 0 and var paired)
        {
            throw RequestFault.Of("settings.label_use", $"is {settings.LabelUse}; '{settings.Metrics[paired]}' needs LABEL_USE_PAIR.");
        }

        CheckBoxes(settings.Boxes ?? new BoxSampling());
    }

    /// <summary>Whether every image has the mask that a metric needs.</summary>
    internal static void CheckMasks(BenchmarkSettings settings, IReadOnlyList<SourceImage> images)
    {
        if (FirstOf(settings, MetricNeeds.Mask) is >= 0 and var masked && images.FirstOrDefault(image => !image.HasMask) is { } bare)
        {
            throw RequestFault.Of($"settings.metrics[{masked}]",
                $"'{settings.Metrics[masked]}' needs a mask of the object in every image; '{bare.Name}' has none.");
        }
    }

    /// <summary>Position of the first metric that needs this; negative for none.</summary>
    private static int FirstOf(BenchmarkSettings settings, MetricNeeds need) =>
        settings.Metrics.ToList().FindIndex(name => BenchmarkMetric.Find(name)?.Needs.HasFlag(need) == true);

    private static void CheckName(BenchmarkSettings settings, int position)
    {
        var name = settings.Metrics[position];
        if (BenchmarkMetric.Find(name) is null)
        {
            var known = string.Join(", ", BenchmarkMetric.All.Select(metric => metric.Name));
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
