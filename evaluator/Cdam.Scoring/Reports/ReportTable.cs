using Cdam.Scoring.Metrics;

namespace Cdam.Scoring.Reports;

/// <summary>Methods against metrics.</summary>
/// <param name="Name">For file names: letters, digits and hyphens.</param>
/// <param name="Caption">What it shows, one sentence.</param>
/// <param name="Metrics">The columns.</param>
/// <param name="Rows">In the order of the measurement's methods.</param>
public sealed record ReportTable(string Name, string Caption, IReadOnlyList<MetricDefinition> Metrics, IReadOnlyList<ReportRow> Rows)
{
    /// <summary>Whether a cell is its column's best, as printed: what looks the same is as good.</summary>
    public bool IsBest(int row, int column)
    {
        var shown = Rows.Select(other => other.Cells[column].Mean).Where(double.IsFinite).ToList();
        if (shown.Count < 2 || !double.IsFinite(Rows[row].Cells[column].Mean))
        {
            return false;
        }

        var best = Metrics[column].Direction == MetricDirection.LowerIsBetter ? shown.Min() : shown.Max();
        return ReportNumber.Of(Rows[row].Cells[column].Mean) == ReportNumber.Of(best);
    }
}
