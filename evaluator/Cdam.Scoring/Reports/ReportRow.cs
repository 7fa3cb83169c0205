using Cdam.Scoring.Statistics;

namespace Cdam.Scoring.Reports;

/// <summary>A method's row of a table.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Cells">An estimate for each of the table's metrics.</param>
public sealed record ReportRow(string Method, IReadOnlyList<MeanEstimate> Cells);
