using System.Numerics.Tensors;
using Cdam.Attribution.Explanations;
using Cdam.Scoring.Metrics;

namespace Cdam.Cli.Sanity;

/// <summary>How alike two maps are: each measure is 1 for a map with itself.</summary>
/// <param name="Spearman">Rank correlation of the signed scores; NaN where a map ranks nothing.</param>
/// <param name="SpearmanAbsolute">The same of |S|.</param>
/// <param name="Ssim">Structural similarity.</param>
internal readonly record struct MapLikeness(double Spearman, double SpearmanAbsolute, double Ssim)
{
    /// <param name="original">A map of the unaltered model.</param>
    /// <param name="altered">The same map of another.</param>
    public static MapLikeness Of(AttributionMap original, AttributionMap altered) => new(
        SpearmanCorrelation.Of(original.Scores, altered.Scores),
        SpearmanCorrelation.Of(Absolute(original.Scores), Absolute(altered.Scores)),
        StructuralSimilarity.Of(original.Scores, altered.Scores, original.Rows, original.Columns));

    /// <summary>The mean over an image's views and targets. NaN counts for nothing; it stays where there is nothing else.</summary>
    public static MapLikeness Mean(IReadOnlyCollection<MapLikeness> maps) => new(
        Mean(maps.Select(map => map.Spearman)), Mean(maps.Select(map => map.SpearmanAbsolute)), Mean(maps.Select(map => map.Ssim)));

    private static double Mean(IEnumerable<double> values) => values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static float[] Absolute(float[] scores)
    {
        var sizes = new float[scores.Length];
        TensorPrimitives.Abs(scores, sizes);
        return sizes;
    }
}
