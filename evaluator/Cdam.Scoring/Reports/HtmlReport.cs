using System.Globalization;
using System.Net;
using System.Text;
using Cdam.Scoring.Metrics;

namespace Cdam.Scoring.Reports;

/// <summary>A page that needs nothing beside it: tables with confidence intervals, figures, and how it was measured.</summary>
public static class HtmlReport
{
    private const string Style = """
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
        body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
        table { border-collapse: collapse; margin: 1.5rem 0; } caption { text-align: left; font-weight: 600; }
        th, td { padding: .2rem .8rem; border-bottom: 1px solid #8884; text-align: right; } th:first-child, td:first-child { text-align: left; }
        .best { font-weight: 700; } small { opacity: .7; display: block; } img { max-width: 100%; background: #fff; border-radius: 4px; }
        .maps { display: flex; flex-wrap: wrap; gap: 1rem; } .maps figure { margin: 0; width: 10rem; } .maps img { width: 100%; image-rendering: pixelated; }
        h2 { font-size: 1rem; } figure { margin: 1.5rem 0; } dt { font-weight: 600; float: left; clear: left; margin-right: .5rem; } dd { margin: 0 0 .2rem 12rem; }
        """;

    /// <param name="title">Of the page.</param>
    /// <param name="facts">How it was measured: name and value.</param>
    /// <param name="tables">As <see cref="PaperTables"/> makes them.</param>
    /// <param name="figures">Embedded.</param>
    /// <param name="examples">Embedded.</param>
    public static string Of(
        string title, IReadOnlyList<(string Name, string Value)> facts, IReadOnlyList<ReportTable> tables, IReadOnlyList<ReportFigure> figures,
        IReadOnlyList<ReportExample> examples)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<title>{Text(title)}</title>\n<style>\n{Style}\n</style>\n<h1>{Text(title)}</h1>\n<dl>\n");
        foreach (var (name, value) in facts)
        {
            page.Append(CultureInfo.InvariantCulture, $"<dt>{Text(name)}</dt><dd>{Text(value)}</dd>\n");
        }

        page.Append("</dl>\n<p>Means over images; below, 95 % bootstrap intervals. Best means are bold.</p>\n");
        foreach (var table in tables)
        {
            Append(page, table);
        }

        foreach (var figure in figures)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"<figure>{Picture(figure.Png, figure.Caption)}<figcaption>{Text(figure.Caption)}</figcaption></figure>\n");
        }

        foreach (var example in examples)
        {
            Append(page, example);
        }

        return page.Append("</html>\n").ToString();
    }

    private static void Append(StringBuilder page, ReportTable table)
    {
        page.Append(CultureInfo.InvariantCulture, $"<table><caption>{Text(table.Caption)}</caption>\n<tr><th>method</th>");
        foreach (var metric in table.Metrics)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"<th title=\"{Text($"{metric.Unit}; {metric.Reference}; definition {metric.Version}")}\">{Text(metric.DisplayName)} {(metric.Direction == MetricDirection.LowerIsBetter ? "↓" : "↑")}</th>");
        }

        page.Append("</tr>\n");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(table.Rows[row].Method)}</td>");
            for (var column = 0; column < table.Metrics.Count; column++)
            {
                var cell = table.Rows[row].Cells[column];
                page.Append(CultureInfo.InvariantCulture,
                    $"<td{(table.IsBest(row, column) ? " class=\"best\"" : "")}>{ReportNumber.Of(cell.Mean)}<small>{ReportNumber.Interval(cell)}</small></td>");
            }

            page.Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static void Append(StringBuilder page, ReportExample example)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(example.Image)}: {Text(example.Target)}</h2>\n<div class=\"maps\">\n");
        foreach (var (method, png) in example.Maps)
        {
            page.Append(CultureInfo.InvariantCulture, $"<figure>{Picture(png, method)}<figcaption>{Text(method)}</figcaption></figure>\n");
        }

        page.Append("</div>\n");
    }

    private static string Picture(byte[] png, string text) =>
        $"<img src=\"data:image/png;base64,{Convert.ToBase64String(png)}\" alt=\"{Text(text)}\">";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
