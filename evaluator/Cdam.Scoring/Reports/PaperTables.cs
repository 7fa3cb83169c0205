using Cdam.Scoring.Metrics;
using Cdam.Scoring.Statistics;

namespace Cdam.Scoring.Reports;

/// <summary>The tables of the paper that a measurement's metrics allow, and one for those that the paper does not have.</summary>
public static class PaperTables
{
    private static readonly string[] Fidelity = ["a_mif", "a_lif", "a_lif_mif", "a_box", "mean_box_correlation"];
    private static readonly (string Name, string Caption, string[] Metrics) OneObject =
        ("table-s1", "Fidelity and box sensitivity on images of one object (Table S1).", Fidelity);

    private static readonly (string Name, string Caption, string[] Metrics)[] Layouts =
    [
        ("table-1", "Fidelity and box sensitivity (Table 1).", Fidelity),
        ("table-2", "Class discrimination: right-class minus wrong-class ranking (Table 2).", ["a_delta_lif_mif", "a_delta_box"]),
        ("table-3", "Compactness (Table 3).", ["compactness", "compactness_absolute"]),
    ];

    /// <summary>The tables with at least one column, the metrics of no table of the paper last.</summary>
    /// <param name="metrics">What was measured.</param>
    /// <param name="methods">Rows.</param>
    /// <param name="estimate">For a method and a metric the mean over images.</param>
    /// <param name="oneObject">Whether each image shows one object: then the first table is the paper's S1.</param>
    public static IReadOnlyList<ReportTable> Of(
        IReadOnlyList<MetricDefinition> metrics, IReadOnlyList<string> methods, Func<string, MetricDefinition, MeanEstimate> estimate, bool oneObject)
    {
        var layouts = oneObject ? [OneObject, .. Layouts[1..]] : Layouts;
        var placed = layouts.SelectMany(layout => layout.Metrics).ToHashSet();
        var rest = ("others", "Measures that the paper does not have.", metrics.Select(metric => metric.Name).Where(name => !placed.Contains(name)).ToArray());
        return [.. layouts.Append(rest).Select(layout => Table(layout)).Where(table => table.Metrics.Count > 0)];

        ReportTable Table((string Name, string Caption, string[] Metrics) layout)
        {
            var columns = layout.Metrics.Select(name => metrics.FirstOrDefault(metric => metric.Name == name)).OfType<MetricDefinition>().ToList();
            return new ReportTable(layout.Name, layout.Caption, columns,
                [.. methods.Select(method => new ReportRow(method, [.. columns.Select(column => estimate(method, column))]))]);
        }
    }
}
