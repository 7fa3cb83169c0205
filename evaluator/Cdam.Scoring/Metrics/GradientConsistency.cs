namespace Cdam.Scoring.Metrics;

/// <summary>Whether a map is what its token gradients say: S_i = Σ_j T_ij ∂f/∂T_ij.</summary>
public static class GradientConsistency
{
    public static MetricDefinition Definition { get; } =
        new("gradient_consistency", "gradient consistency", MetricDirection.LowerIsBetter, "1", "arXiv 2312.02364, Eq. 2", "1", MetricNeeds.TokenGradients);

    /// <summary>
    /// The largest |Σ_j T_ij ∂f/∂T_ij − S_i| divided by the largest |S_i|; 0 where all agree, infinite where only the map is zero.
    /// </summary>
    /// <param name="tokens">T, tokens × dim, [CLS] first.</param>
    /// <param name="gradients">∂f/∂T, as <paramref name="tokens"/>.</param>
    /// <param name="scores">A score for each patch token: the last ones of <paramref name="tokens"/>.</param>
    /// <param name="dim">Width of a token.</param>
    public static double Of(ReadOnlySpan<float> tokens, ReadOnlySpan<float> gradients, ReadOnlySpan<float> scores, int dim)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dim, 1);
        var prefix = (tokens.Length / dim) - scores.Length;
        if (tokens.Length != gradients.Length || tokens.Length % dim != 0 || prefix < 0)
        {
            throw new ArgumentException(
                $"{tokens.Length} token values, {gradients.Length} gradient values, {scores.Length} scores, width {dim} do not fit.");
        }

        double difference = 0, largest = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            var start = (prefix + i) * dim;
            var sum = Dot(tokens.Slice(start, dim), gradients.Slice(start, dim));
            difference = Math.Max(difference, Math.Abs(sum - scores[i]));
            largest = Math.Max(largest, Math.Abs(scores[i]));
        }

        return difference == 0 ? 0 : difference / largest;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            sum += (double)a[j] * b[j];
        }

        return sum;
    }
}
