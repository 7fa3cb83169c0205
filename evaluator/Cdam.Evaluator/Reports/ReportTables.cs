using Cdam.Scoring.Metrics;
using Cdam.Scoring.Reports;
using Cdam.Scoring.Statistics;
using Cdam.V1;

namespace Cdam.Evaluator.Reports;

/// <summary>Reads the paper's tables off what the wire carries.</summary>
public static class ReportTables
{
    /// <param name="settings">Of the benchmark, as they were accepted.</param>
    /// <param name="table">Its means.</param>
    /// <param name="measured">Images that were measured: what a mean does not count was undefined.</param>
    public static IReadOnlyList<ReportTable> Of(BenchmarkSettings settings, BenchmarkTable table, int measured)
    {
        var means = table.Rows.SelectMany(row => row.Means.Select(mean => (row.Method, Mean: mean))).ToDictionary(cell => (cell.Method, cell.Mean.Metric), cell => cell.Mean);
        return PaperTables.Of(
            [.. table.Metrics.Select(metric => MetricCatalog.Find(metric.Name)).OfType<MetricDefinition>()],
            [.. table.Rows.Select(row => row.Method)],
            (method, metric) => Estimate(means[(method, metric.Name)], measured),
            oneObject: settings.LabelUse == LabelUse.Target);
    }

    private static MeanEstimate Estimate(MetricMean mean, int measured) => new(
        mean.HasMean ? mean.Mean : double.NaN, mean.HasLower ? mean.Lower : double.NaN, mean.HasUpper ? mean.Upper : double.NaN,
        mean.ImageCount, measured - mean.ImageCount);
}
