using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cdam.Cli.Hosting;
using Cdam.Scenes;
using Cdam.V1;
using Grpc.Net.Client;
using Spectre.Console;

namespace Cdam.Cli.Demo;

/// <summary>The demonstration: services up, sections made one after another over gRPC, services down, page written.</summary>
/// <param name="output">Folder for everything.</param>
internal sealed class DemoRun(string output)
{
    private const int SceneSide = 112;
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,

        // A metric that a map leaves undefined is NaN.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public async Task Run(CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        Directory.CreateDirectory(output);
        var sections = new List<DemoSection>();
        await using (var services = await DemoServices.Start(DemoModels.Folders(), output, cancellation))
        {
            AnsiConsole.WriteLine(string.Join(", ", services.Processes.Select(process => $"{process.Name} (process {process.Id})")));
            AnsiConsole.WriteLine($"gateway at {services.Gateway}, ready after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
            using var channel = ServerChannel.Open(services.Gateway);
            await foreach (var section in Sections(channel, cancellation))
            {
                sections.Add(section);
                Print(section);
            }
        }

        DemoPage.Write(output, sections);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        WriteSummary(sections, seconds);
        AnsiConsole.WriteLine($"all services stopped after {seconds:0.0} s; open {Path.GetFullPath(Path.Combine(output, DemoPage.FileName))}");
    }

    private async IAsyncEnumerable<DemoSection> Sections(
        GrpcChannel channel, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var explainer = new ExplainerService.ExplainerServiceClient(channel);
        var generator = new SceneGenerator(SceneSide, seed: 0);
        yield return await SceneSection.Make(explainer, generator, cancellation);
        yield return await ConceptSection.Make(explainer, generator, cancellation);
        yield return await NoduleSection.Make(explainer, output, cancellation);
        yield return await FidelitySection.Make(new EvaluatorService.EvaluatorServiceClient(channel), generator, output, cancellation);
    }

    private static void Print(DemoSection section)
    {
        foreach (var numbers in section.Tables)
        {
            var table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(numbers.Caption));
            foreach (var (column, header) in numbers.Headers.Index())
            {
                table.AddColumn(column == 0 ? new TableColumn(Markup.Escape(header)) : new TableColumn(Markup.Escape(header)).RightAligned());
            }

            foreach (var row in numbers.Rows)
            {
                table.AddRow([.. row.Select(Markup.Escape)]);
            }

            AnsiConsole.Write(table);
        }
    }

    private void WriteSummary(List<DemoSection> sections, double seconds)
    {
        var summary = sections.ToDictionary(section => section.Key, section => section.Summary);
        summary["seconds"] = seconds;
        File.WriteAllBytes(Path.Combine(output, "summary.json"), JsonSerializer.SerializeToUtf8Bytes(summary, Json));
    }
}
