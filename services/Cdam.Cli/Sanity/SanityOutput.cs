using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Cdam.Cli.Sanity;

/// <summary>Writes a report: <c>sanity.json</c>, <c>sanity.csv</c>, <c>sanity.png</c> and <c>sanity.svg</c>, and tables or JSON on standard output.</summary>
internal static class SanityOutput
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,    // for × and names of any alphabet; the file is no part of a page
    };

    /// <param name="folder">Made if it is missing.</param>
    public static void Write(SanityReport report, string folder, bool json)
    {
        Directory.CreateDirectory(folder);
        var text = JsonSerializer.Serialize(report, Json);
        File.WriteAllText(Path.Combine(folder, "sanity.json"), text);
        File.WriteAllText(Path.Combine(folder, "sanity.csv"), Csv(report));
        var plot = new SanityPlot(report);
        File.WriteAllBytes(Path.Combine(folder, "sanity.png"), plot.Png());
        File.WriteAllBytes(Path.Combine(folder, "sanity.svg"), plot.Svg());
        if (json)
        {
            Console.WriteLine(text);
        }
        else
        {
            Show(report, folder);
        }
    }

    private static string Csv(SanityReport report)
    {
        var text = new StringBuilder("series,stage,method,measure,mean,standard_deviation,images\n");
        foreach (var row in report.Rows)
        {
            foreach (var view in SanityView.All)
            {
                var measure = view.Of(row);
                text.Append(CultureInfo.InvariantCulture, $"{row.Series},{row.Stage},{row.Method},{view.Name},{measure.Mean:R},{measure.StandardDeviation:R},{measure.Images}\n");
            }
        }

        return text.ToString();
    }

    private static void Show(SanityReport report, string folder)
    {
        foreach (var series in (string[])[SanitySeries.Cascading, SanitySeries.Independent])
        {
            foreach (var view in SanityView.All.Where(_ => report.Rows.Any(row => row.Series == series)))
            {
                AnsiConsole.Write(SanityTable.Of(report, series, view));
            }
        }

        AnsiConsole.WriteLine($"mean and standard deviation over {report.Images.Count} images; 1: the map is that of the unaltered model; n/a: all scores of every map are equal");
        if (report.RandomWeights)
        {
            CommandErrors.Console.MarkupLineInterpolated($"{report.Model} has random weights: there is nothing learned that its maps could depend on.");
        }

        AnsiConsole.WriteLine($"figures and plot in {Path.GetFullPath(folder)}");
    }
}
