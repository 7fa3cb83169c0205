namespace Cdam.Scoring.Metrics;

/// <summary>
/// What is lost of the area between both orders when the wrong class's map ranks the pixels, and the right class's logit is still read.
/// </summary>
public static class FidelityDiscrimination
{
    public static MetricDefinition Definition { get; } =
        new("a_delta_lif_mif", "ΔA_LIF−MIF", MetricDirection.HigherIsBetter, "logit × percent", "arXiv 2312.02364, Section 3.4", "1", MetricNeeds.Curves | MetricNeeds.TwoLabels);

    /// <param name="rightMap">A value of <see cref="AreaBetweenOrders"/> for the right class's map.</param>
    /// <param name="wrongMap">The same for the wrong class's map, on the right class's logit.</param>
    public static double Of(double rightMap, double wrongMap) => rightMap - wrongMap;
}
