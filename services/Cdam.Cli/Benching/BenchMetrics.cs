namespace Cdam.Cli.Benching;

/// <summary>Which metrics a benchmark's images allow.</summary>
internal static class BenchMetrics
{
    /// <summary>These compare maps with masks or with each other, which sessions do not have.</summary>
    private static readonly string[] Elsewhere = ["positive_mass_inside", "pointing_game", "roc_area", "spearman_correlation", "structural_similarity"];

    /// <param name="metric">Its name.</param>
    /// <param name="pairs">Whether every image has a right and a wrong class.</param>
    public static bool Can(string metric, bool pairs) =>
        !Elsewhere.Contains(metric) && (pairs || !metric.StartsWith("a_delta_", StringComparison.Ordinal));
}
