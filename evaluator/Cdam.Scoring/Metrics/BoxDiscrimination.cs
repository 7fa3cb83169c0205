namespace Cdam.Scoring.Metrics;

/// <summary>What is lost of the box sensitivity when the wrong class's map is summed, and the right class's logit is still read.</summary>
public static class BoxDiscrimination
{
    public static MetricDefinition Definition { get; } =
        new("a_delta_box", "ΔA_box", MetricDirection.HigherIsBetter, "correlation × pixel", "arXiv 2312.02364, Section 3.4", "1", MetricNeeds.Boxes | MetricNeeds.TwoLabels);

    /// <param name="rightMap">A value of <see cref="BoxSensitivityArea"/> for the right class's map.</param>
    /// <param name="wrongMap">The same for the wrong class's map, on the right class's logit.</param>
    /// <returns>NaN where either is.</returns>
    public static double Of(double rightMap, double wrongMap) => rightMap - wrongMap;
}
