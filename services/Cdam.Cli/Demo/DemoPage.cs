using System.Net;
using System.Text;

namespace Cdam.Cli.Demo;

/// <summary>One HTML page that needs nothing but the pictures beside it.</summary>
internal static class DemoPage
{
    public const string FileName = "index.html";

    private const string Style = """
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
        body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
        h2 { margin-top: 2.5rem; } h3 { margin: 1.5rem 0 .25rem; font-size: 1rem; }
        .row { display: flex; flex-wrap: wrap; gap: .75rem; }
        figure { margin: 0; width: 10.5rem; } img { width: 100%; border-radius: 4px; display: block; }
        figcaption { font-size: .8rem; overflow-wrap: anywhere; }
        table { border-collapse: collapse; margin: 1rem 0; } caption { text-align: left; font-weight: 600; }
        th, td { padding: .2rem .8rem; border-bottom: 1px solid #8884; text-align: right; } th:first-child, td:first-child { text-align: left; }
        .key { display: inline-block; width: 1rem; height: 1rem; vertical-align: middle; border-radius: 3px; }
        """;

    /// <summary>Writes the page and its pictures.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="sections">From top to bottom.</param>
    public static void Write(string folder, IReadOnlyList<DemoSection> sections)
    {
        foreach (var figure in sections.SelectMany(section => section.Rows).SelectMany(row => row.Figures))
        {
            File.WriteAllBytes(Path.Combine(folder, figure.File), figure.Png);
        }

        var html = new StringBuilder();
        html.Append($"<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
            .Append($"<title>What the models look at</title>\n<style>\n{Style}\n</style>\n<h1>What the models look at</h1>\n")
            .Append("<p>Class-discriminative attention maps, made over gRPC by the services of this repository. ")
            .Append("<span class=\"key\" style=\"background:#ffa600\"></span> speaks for, <span class=\"key\" style=\"background:#00e3ff\"></span> against; ")
            .Append("each map is scaled on its own.</p>\n");
        foreach (var section in sections)
        {
            Append(html, section);
        }

        File.WriteAllText(Path.Combine(folder, FileName), html.Append("</html>\n").ToString());
    }

    private static void Append(StringBuilder html, DemoSection section)
    {
        html.Append($"<h2>{Text(section.Title)}</h2>\n<p>{Text(section.Text)}</p>\n");
        foreach (var row in section.Rows)
        {
            html.Append($"<h3>{Text(row.Heading)}</h3>\n<div class=\"row\">\n");
            foreach (var figure in row.Figures)
            {
                html.Append($"<figure><img src=\"{Text(figure.File)}\" alt=\"{Text($"{row.Heading}: {figure.Caption}")}\"><figcaption>{Text(figure.Caption)}</figcaption></figure>\n");
            }

            html.Append("</div>\n");
        }

        foreach (var table in section.Tables)
        {
            Append(html, table);
        }
    }

    private static void Append(StringBuilder html, DemoTable table)
    {
        html.Append($"<table><caption>{Text(table.Caption)}</caption>\n<tr>{Cells("th", table.Headers)}</tr>\n");
        foreach (var row in table.Rows)
        {
            html.Append($"<tr>{Cells("td", row)}</tr>\n");
        }

        html.Append("</table>\n");
    }

    private static string Cells(string tag, IEnumerable<string> cells) => string.Concat(cells.Select(cell => $"<{tag}>{Text(cell)}</{tag}>"));

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
