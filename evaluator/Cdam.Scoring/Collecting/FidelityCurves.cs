using Cdam.Scoring.Metrics;

namespace Cdam.Scoring.Collecting;

/// <summary>A logit while the pixels of a picture are replaced in the order of a map (Section 3.4 of the paper).</summary>
/// <param name="Percents">Percentages of pixels replaced, ascending.</param>
/// <param name="MostImportantFirst">The logit at each percentage, most important pixels first.</param>
/// <param name="LeastImportantFirst">The same, least important pixels first.</param>
public sealed record FidelityCurves(double[] Percents, double[] MostImportantFirst, double[] LeastImportantFirst)
{
    /// <summary>A_MIF, logit × percent.</summary>
    public double MifArea => MostImportantFirstArea.Of(Percents, MostImportantFirst);

    /// <summary>A_LIF, logit × percent.</summary>
    public double LifArea => LeastImportantFirstArea.Of(Percents, LeastImportantFirst);

    /// <summary>A_LIF − A_MIF, logit × percent.</summary>
    public double AreaBetween => AreaBetweenOrders.Of(LifArea, MifArea);

    /// <summary>All of these.</summary>
    public IReadOnlyList<MetricValue> Metrics =>
    [
        new(MostImportantFirstArea.Definition, MifArea),
        new(LeastImportantFirstArea.Definition, LifArea),
        new(AreaBetweenOrders.Definition, AreaBetween),
    ];
}
