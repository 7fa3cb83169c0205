using Spectre.Console;

namespace Cdam.Cli.Sanity;

/// <summary>A measure's means, with standard deviations below them: one row a method, one column a stage.</summary>
internal static class SanityTable
{
    /// <param name="report">The figures.</param>
    /// <param name="series">Which of them; the random labels stand beside the cascade.</param>
    /// <param name="view">The measure.</param>
    public static Table Of(SanityReport report, string series, SanityView view)
    {
        var rows = report.Rows.Where(row => row.Series == series || (series == SanitySeries.Cascading && row.Series == SanitySeries.RandomLabels)).ToList();
        var table = new Table().Border(TableBorder.Simple).Title(Markup.Escape($"{report.Model}, {series}: {view.Title}")).AddColumn("method");
        foreach (var column in rows.Where(row => row.Method == report.Methods[0].Name))
        {
            table.AddColumn(new TableColumn(Markup.Escape(column.Series == SanitySeries.RandomLabels ? "random labels" : column.Stage)).RightAligned());
        }

        foreach (var method in report.Methods)
        {
            table.AddRow([Markup.Escape(method.Name), .. rows.Where(row => row.Method == method.Name).Select(row => Cell(view.Of(row)))]);
        }

        return table;
    }

    private static string Cell(SanityMeasure measure) =>
        measure.Mean is not { } mean ? "n/a" : measure.StandardDeviation is { } deviation ? $"{mean:0.00}\n[dim]±{deviation:0.00}[/]" : $"{mean:0.00}";
}
