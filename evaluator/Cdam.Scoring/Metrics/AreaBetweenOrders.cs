namespace Cdam.Scoring.Metrics;

/// <summary>Area between the two fidelity curves, in logit × percent.</summary>
public static class AreaBetweenOrders
{
    public static MetricDefinition Definition { get; } =
        new("a_lif_mif", "A_LIF−MIF", MetricDirection.HigherIsBetter, "logit × percent", "arXiv 2312.02364, Section 3.4", "1", MetricNeeds.Curves);

    /// <param name="leastImportantFirst">A value of <see cref="LeastImportantFirstArea"/>.</param>
    /// <param name="mostImportantFirst">A value of <see cref="MostImportantFirstArea"/>.</param>
    public static double Of(double leastImportantFirst, double mostImportantFirst) => leastImportantFirst - mostImportantFirst;
}
