using System.Globalization;
using System.Text.Json;
using Cdam.Scoring.Reports;
using Cdam.Scoring.Statistics;
using Cdam.V1;
using Grpc.Core;
using Spectre.Console;

namespace Cdam.Cli.Benching;

/// <summary>A benchmark's results as files: a page, tables for LaTeX, curves as PNG and SVG, and every number as CSV and JSON.</summary>
internal sealed class BenchReports(EvaluatorService.EvaluatorServiceClient evaluator, BenchArguments arguments)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public async Task Write(BenchResults results, CancellationToken cancellation)
    {
        Directory.CreateDirectory(arguments.Output);
        var tables = PaperTables.Of(results.Metrics, results.Methods, results.Values, arguments.Seed);
        var figures = Figures(results);
        await File.WriteAllTextAsync(Path("report.html"), HtmlReport.Of($"Benchmark of {results.Settings.Model}", Facts(results), tables, figures), cancellation);
        foreach (var table in tables)
        {
            await File.WriteAllTextAsync(Path($"{table.Name}.tex"), LatexTable.Of(table), cancellation);
            Print(table);
        }

        foreach (var figure in figures)
        {
            await File.WriteAllBytesAsync(Path($"{figure.Name}.png"), figure.Png, cancellation);
            await File.WriteAllTextAsync(Path($"{figure.Name}.svg"), figure.Svg, cancellation);
        }

        await Save(results.Name, ReportFormat.Csv, "results.csv", cancellation);
        await Save(results.Name, ReportFormat.Json, "results.json", cancellation);
        PrintEnd(results, tables);
    }

    private static List<ReportFigure> Figures(BenchResults results) =>
    [
        .. results.CurveNames.Select(name => CurvePlot.Draw(
            $"curve-{name}", CurveCaption.Of(name), CurveCaption.Axis(name),
            [.. results.Methods.Select(method => Line(results, method, name)).OfType<PlottedCurve>()])),
    ];

    private static PlottedCurve? Line(BenchResults results, string method, string name)
    {
        var curves = results.Curves(method, name);
        return curves.Count == 0 ? null : new PlottedCurve(method, [.. curves[0].X], [.. MeanCurve.Of([.. curves.Select(curve => curve.Y)], seed: 0).Select(point => point.Mean)]);
    }

    private IReadOnlyList<(string Name, string Value)> Facts(BenchResults results) =>
    [
        ("benchmark", results.Name),
        ("model", results.Settings.Model),
        ("images", $"{results.Images.Count} measured, {results.Failed.Count} failed, from {arguments.Images}"),
        ("methods", string.Join(", ", results.Methods)),
        ("percentages", string.Join(", ", results.Settings.Percents)),
        ("boxes", results.Settings.Boxes is { } boxes ? $"{boxes.BoxesPerSide} of each side, sides {BoxSides(results)} pixels, seed {boxes.Seed}" : "none"),
        ("forward passes", string.Create(CultureInfo.InvariantCulture,
            $"{results.Progress.ForwardPasses}; {results.Progress.NaiveForwardPasses} without sharing, {(double)results.Progress.NaiveForwardPasses / Math.Max(1, results.Progress.ForwardPasses):0.0} times as many")),
        ("time", results.Duration.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)),
    ];

    /// <summary>As they came to be for the pictures, where none were given.</summary>
    private static string BoxSides(BenchResults results) => string.Join(
        " or ", results.Methods.SelectMany(method => results.Curves(method, "box")).Select(curve => string.Join(", ", curve.X)).Distinct());

    private async Task Save(string benchmark, ReportFormat format, string file, CancellationToken cancellation)
    {
        await using var stream = File.Create(Path(file));
        using var call = evaluator.GetReport(new GetReportRequest { Name = benchmark, Format = format }, cancellationToken: cancellation);
        await foreach (var part in call.ResponseStream.ReadAllAsync(cancellation))
        {
            await stream.WriteAsync(part.Content.Memory, cancellation);
        }
    }

    private void Print(ReportTable table)
    {
        if (arguments.Json)
        {
            return;
        }

        var shown = new Table().Border(TableBorder.Simple).Title(Markup.Escape(table.Caption)).AddColumn("method");
        foreach (var metric in table.Metrics)
        {
            shown.AddColumn(new TableColumn(Markup.Escape($"{metric.DisplayName} {(metric.Direction == Scoring.Metrics.MetricDirection.LowerIsBetter ? "↓" : "↑")}")).RightAligned());
        }

        foreach (var (row, index) in table.Rows.Select((row, index) => (row, index)))
        {
            shown.AddRow([Markup.Escape(row.Method), .. row.Cells.Select((cell, column) =>
                table.IsBest(index, column) ? $"[bold]{ReportNumber.Of(cell.Mean)}[/]" : ReportNumber.Of(cell.Mean))]);
        }

        AnsiConsole.Write(shown);
    }

    private void PrintEnd(BenchResults results, IReadOnlyList<ReportTable> tables)
    {
        if (arguments.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(tables, Json));
            return;
        }

        foreach (var (name, value) in Facts(results))
        {
            AnsiConsole.WriteLine($"{name}: {value}");
        }

        foreach (var failed in results.Failed)
        {
            CommandErrors.Console.MarkupLineInterpolated($"[yellow]not measured[/] {failed.Name}: {failed.Error.Message}");
        }

        AnsiConsole.WriteLine($"report: {Path("report.html")}");
    }

    private string Path(string file) => System.IO.Path.GetFullPath(System.IO.Path.Combine(arguments.Output, file));
}
