using Cdam.Scoring.Metrics;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Planning;
using Cdam.V1;

namespace Cdam.Evaluator.Sessions;

/// <summary>What a session's metrics need of every image.</summary>
internal sealed class BenchmarkNeeds
{
    private const int DefaultSides = 8;
    private readonly BoxSampling _boxes;
    private readonly int _maps;

    internal BenchmarkNeeds(BenchmarkSettings settings)
    {
        var needs = BenchmarkMetric.NeedsOf(settings.Metrics);
        Percents = needs.HasFlag(MetricNeeds.Curves) ? [.. settings.Percents] : [];
        (Boxes, Pairs) = (needs.HasFlag(MetricNeeds.Boxes), needs.HasFlag(MetricNeeds.TwoLabels));
        Masks = needs.HasFlag(MetricNeeds.Mask);
        _boxes = settings.Boxes ?? new BoxSampling();
        _maps = settings.Methods.Count * (Pairs ? 2 : 1);
    }

    /// <summary>Percentages of pixels replaced; empty without curves.</summary>
    internal double[] Percents { get; }

    /// <summary>Whether boxes are blurred.</summary>
    internal bool Boxes { get; }

    /// <summary>Whether maps of a wrong class are measured, too.</summary>
    internal bool Pairs { get; }

    /// <summary>Whether it must be known where the object is.</summary>
    internal bool Masks { get; }

    /// <summary>Forward passes that an image takes at most; 0 where nothing is perturbed.</summary>
    internal int PlannedAtMost => PassCount.PlannedAtMost(_maps, Percents, BoxCount);

    /// <summary>Those of a loop that shares nothing.</summary>
    internal int Naive => PassCount.Naive(_maps, Percents, BoxCount);

    private int BoxCount => Boxes ? (_boxes.Sides.Count > 0 ? _boxes.Sides.Count : DefaultSides) * BoxesPerSide : 0;

    private int BoxesPerSide => _boxes.BoxesPerSide == 0 ? BoxSampler.BoxesPerSide : _boxes.BoxesPerSide;

    /// <summary>The boxes of an image, by side; empty without boxes.</summary>
    /// <param name="image">Its number in the source, which it keeps when it is run again.</param>
    /// <param name="height">Of the prepared picture, pixels.</param>
    /// <param name="width">Of the prepared picture, pixels.</param>
    internal IReadOnlyList<SquareBoxes> BoxesOf(int image, int height, int width)
    {
        if (!Boxes)
        {
            return [];
        }

        return [.. Sides(Math.Min(height, width)).Select(side => BoxSampler.Draw(_boxes.Seed, (ulong)image, side, height, width, BoxesPerSide))];
    }

    /// <summary>From a sixteenth to half of the picture, where none are given: larger boxes all lie on one another.</summary>
    private IEnumerable<int> Sides(int shorter) => _boxes.Sides.Count > 0
        ? _boxes.Sides
        : Enumerable.Range(1, DefaultSides).Select(step => Math.Max(1, shorter * step / (2 * DefaultSides))).Distinct();
}
