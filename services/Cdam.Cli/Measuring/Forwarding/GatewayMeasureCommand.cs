using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Cdam.Cli.Measuring.Forwarding;

/// <summary><c>cdam measure gateway</c>: what the gateway adds to calls beside direct ones, and what it takes of memory and processor.</summary>
internal static class GatewayMeasureCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Counted rounds of timed calls; 0 leaves them out.", DefaultValueFactory = _ => 15 };
        var calls = new Option<int>("--calls") { Description = "Unary calls before memory is read, at least 8.", DefaultValueFactory = _ => 10_000 };
        var megabytes = new Option<int>("--megabytes") { Description = "Of one stream before memory is read, at least 1.", DefaultValueFactory = _ => 1000 };
        var streams = new Option<int>("--streams") { Description = "Idle streams held at once, at least 1.", DefaultValueFactory = _ => 1000 };
        var json = new Option<bool>("--json") { Description = "Prints JSON instead of tables." };
        var command = new Command("gateway", "Measures what the gateway adds to calls, and what it takes of memory and processor.") { rounds, calls, megabytes, streams, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var system = await MeasuredSystem.Start(cancellation);
            var measurement = new GatewayMeasurement(system, step => CommandErrors.Console.MarkupLineInterpolated($"[grey]{step}[/]"));
            var times = parsed.GetValue(rounds) <= 0 ? [] : measurement.Times(parsed.GetValue(rounds), cancellation);
            var memory = await measurement.Memory(
                Math.Max(8, parsed.GetValue(calls)), Math.Max(1, parsed.GetValue(megabytes)), Math.Max(1, parsed.GetValue(streams)), cancellation);
            Print(new GatewayReport(times, memory), parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static void Print(GatewayReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, Indented));
            return;
        }

        var times = TableOf("calls", "direct ms", "gateway ms", "more ms", "ratio (95 %)", "plain proxy: ms", "more ms", "ratio (95 %)");
        foreach (var (calls, direct, gateway, proxy) in report.Times)
        {
            times.AddRow([calls, $"{direct:0.00}", .. Cells(gateway), .. Cells(proxy)]);
        }

        var memory = TableOf("load", "heap before MB", "after MB", "resident before MB", "after MB", "peak MB", "processor s");
        foreach (var row in report.Memory)
        {
            memory.AddRow(
                row.Load, $"{row.Before.HeapMb:0.0}", $"{row.After.HeapMb:0.0}", $"{row.Before.ResidentMb:0}", $"{row.After.ResidentMb:0}", $"{row.PeakMb:0}",
                $"{row.ProcessorSeconds:0.00}");
        }

        if (report.Times.Count > 0)
        {
            AnsiConsole.Write(times);
        }

        AnsiConsole.Write(memory);
    }

    private static string[] Cells(ForwardedTime time) => [$"{time.Milliseconds:0.00}", $"{time.MoreMs:0.00}", $"{time.OfDirect}"];

    private static Table TableOf(string first, params string[] others)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(first);
        foreach (var column in others)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        return table;
    }
}
