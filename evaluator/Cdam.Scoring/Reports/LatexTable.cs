using System.Globalization;
using System.Text;
using Cdam.Scoring.Metrics;

namespace Cdam.Scoring.Reports;

/// <summary>A table for a LaTeX document with the package booktabs; best values are bold.</summary>
public static class LatexTable
{
    /// <summary>From <c>\begin{table}</c> to <c>\end{table}</c>.</summary>
    public static string Of(ReportTable table)
    {
        var text = new StringBuilder();
        text.Append("\\begin{table}\n\\centering\n");
        text.Append(CultureInfo.InvariantCulture, $"\\caption{{{Escape(table.Caption)}}}\n\\label{{tab:{table.Name}}}\n");
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{tabular}}{{l{new string('r', table.Metrics.Count)}}}\n\\toprule\n");
        text.Append(CultureInfo.InvariantCulture, $"method & {string.Join(" & ", table.Metrics.Select(Heading))} \\\\\n\\midrule\n");
        foreach (var (row, index) in table.Rows.Select((row, index) => (row, index)))
        {
            var cells = row.Cells.Select((cell, column) => Number(ReportNumber.Of(cell.Mean), table.IsBest(index, column)));
            text.Append(CultureInfo.InvariantCulture, $"{Escape(row.Method)} & {string.Join(" & ", cells)} \\\\\n");
        }

        return text.Append("\\bottomrule\n\\end{tabular}\n\\end{table}\n").ToString();
    }

    private static string Heading(MetricDefinition metric) =>
        $"{Escape(metric.DisplayName)} ${(metric.Direction == MetricDirection.LowerIsBetter ? "\\downarrow" : "\\uparrow")}$";

    private static string Number(string number, bool best) => best ? $"$\\mathbf{{{number}}}$" : $"${number}$";

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var letter in text)
        {
            escaped.Append(letter switch
            {
                '\\' => "\\textbackslash{}",
                '~' => "\\textasciitilde{}",
                '^' => "\\textasciicircum{}",
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{letter}",
                'Δ' => "$\\Delta$",
                '−' => "$-$",
                '×' => "$\\times$",
                _ => letter.ToString(),
            });
        }

        return escaped.ToString();
    }
}
