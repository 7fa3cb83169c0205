using Cdam.Scoring.Metrics;

namespace Cdam.Scoring.Collecting;

/// <summary>How well a map's sums over boxes foretell the drop of a logit when the box is replaced (Section 3.4 of the paper).</summary>
/// <param name="Sides">Sides of the boxes, pixels, ascending.</param>
/// <param name="Correlations">Pearson's correlation for each side; NaN where sums or drops do not vary.</param>
public sealed record BoxSensitivity(double[] Sides, double[] Correlations)
{
    /// <summary>A_box, correlation × pixel; NaN where a correlation is.</summary>
    public double Area => BoxSensitivityArea.Of(Sides, Correlations);

    /// <summary>Mean over sides; NaN where a correlation is.</summary>
    public double MeanCorrelation => MeanBoxCorrelation.Of(Correlations);

    /// <summary>Both of these.</summary>
    public IReadOnlyList<MetricValue> Metrics =>
    [
        new(BoxSensitivityArea.Definition, Area),
        new(MeanBoxCorrelation.Definition, MeanCorrelation),
    ];
}
