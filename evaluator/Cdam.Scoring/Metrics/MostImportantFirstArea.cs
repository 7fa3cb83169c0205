namespace Cdam.Scoring.Metrics;

/// <summary>Area under the logit while the most important pixels are replaced first, in logit × percent.</summary>
public static class MostImportantFirstArea
{
    public static MetricDefinition Definition { get; } =
        new("a_mif", "A_MIF", MetricDirection.LowerIsBetter, "logit × percent", "arXiv 2312.02364, Section 3.4", "1", MetricNeeds.Curves);

    /// <param name="percents">Percentages of pixels replaced, ascending.</param>
    /// <param name="logits">The logit at each percentage; at least two of them.</param>
    public static double Of(ReadOnlySpan<double> percents, ReadOnlySpan<double> logits) => TrapezoidArea.Under(percents, logits);
}
