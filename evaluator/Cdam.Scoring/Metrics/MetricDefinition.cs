namespace Cdam.Scoring.Metrics;

/// <summary>What a metric's number means, to be shown beside it.</summary>
/// <param name="Name">Stable, lower_snake_case.</param>
/// <param name="DisplayName">For headings of tables.</param>
/// <param name="Direction">Which values are better.</param>
/// <param name="Unit">Of the number, for example <c>logit × percent</c>; <c>1</c> for shares and correlations.</param>
/// <param name="Reference">The paper and section that define it.</param>
/// <param name="Version">Changes whenever the numbers change by more than rounding.</param>
/// <param name="Needs">What it is made of.</param>
public sealed record MetricDefinition(
    string Name, string DisplayName, MetricDirection Direction, string Unit, string Reference, string Version, MetricNeeds Needs)
{
    /// <summary>Whether it can be computed from what there is.</summary>
    public bool IsPossibleWith(MetricNeeds available) => (Needs & ~available) == 0;
}
