namespace Cdam.Scoring.Metrics;

/// <summary>
/// Area under the box sensitivity: for each side, the Pearson correlation over boxes between the summed scores in a box and the drop of the
/// logit when the box is replaced.
/// </summary>
public static class BoxSensitivityArea
{
    public static MetricDefinition Definition { get; } =
        new("a_box", "A_box", MetricDirection.HigherIsBetter, "correlation × pixel", "arXiv 2312.02364, Section 3.4", "1", MetricNeeds.Boxes);

    /// <param name="sides">Sides of the boxes in pixels, ascending, at least two.</param>
    /// <param name="correlations">One for each side.</param>
    /// <returns>NaN where a correlation is: a constant map, or drops that do not vary.</returns>
    public static double Of(ReadOnlySpan<double> sides, ReadOnlySpan<double> correlations) => TrapezoidArea.Under(sides, correlations);
}
