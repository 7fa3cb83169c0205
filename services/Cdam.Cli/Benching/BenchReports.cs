using System.Text.Json;
using System.Text.Json.Serialization;
using Cdam.Evaluator.Reports;
using Cdam.Scoring.Reports;
using Cdam.V1;
using Spectre.Console;

namespace Cdam.Cli.Benching;

/// <summary>A benchmark's results: tables on the terminal, and the evaluator's reports as files.</summary>
internal sealed class BenchReports(EvaluatorService.EvaluatorServiceClient evaluator, BenchArguments arguments)
{
    private const string Page = "report.html";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public async Task Write(BenchResults results, CancellationToken cancellation)
    {
        Directory.CreateDirectory(arguments.Output);
        var download = new ReportDownload(evaluator, results.Name, arguments.Output);
        foreach (var (format, name) in ((ReportFormat, string?)[])
            [(ReportFormat.Html, Page), (ReportFormat.Latex, null), (ReportFormat.Png, null), (ReportFormat.Svg, null), (ReportFormat.Csv, "results.csv"), (ReportFormat.Json, "results.json")])
        {
            await download.Save(format, name, cancellation);
        }

        Print(results);
    }

    private void Print(BenchResults results)
    {
        var tables = results.Finished is { Table: { } means } ? ReportTables.Of(results.Settings, means, results.Progress.MeasuredCount) : [];
        if (arguments.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(tables, Json));
            return;
        }

        foreach (var table in tables)
        {
            Print(table);
        }

        foreach (var (name, value) in BenchmarkFacts.Of(results.Name, results.Settings, results.Progress, results.BoxSides, results.Duration).Lines)
        {
            AnsiConsole.WriteLine($"{name}: {value}");
        }

        foreach (var failed in results.Failed)
        {
            CommandErrors.Console.MarkupLineInterpolated($"[yellow]not measured[/] {failed.Name}: {failed.Error.Message}");
        }

        AnsiConsole.WriteLine($"report: {Path.GetFullPath(Path.Combine(arguments.Output, Page))}");
    }

    private static void Print(ReportTable table)
    {
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
}
