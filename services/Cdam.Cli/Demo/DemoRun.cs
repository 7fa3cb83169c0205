using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cdam.Attribution.Models;
using Cdam.Cli.Explaining;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Spectre.Console;

namespace Cdam.Cli.Demo;

/// <summary>The demonstration: top classes, three maps for two of them, and the fidelity curves of the first one's.</summary>
internal sealed class DemoRun(string image, string output, string? modelFolder)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly string[] Methods = ["cdam", "smooth-cdam", "integrated-cdam"];

    public async Task Run(CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var picture = ByteString.CopyFrom(await File.ReadAllBytesAsync(image, cancellation));
        Directory.CreateDirectory(output);
        var folder = modelFolder ?? MakeModel();
        var manifest = ModelManifest.Read(folder);
        ExplainResponse explanation;
        List<EvaluateImageResponse> events;
        TimeSpan up;
        await using (var services = await DemoServices.Start(folder, output, cancellation))
        {
            up = Stopwatch.GetElapsedTime(start);
            AnsiConsole.WriteLine($"{string.Join(", ", services.Processes.Select(process => $"{process.Name} (process {process.Id})"))}");
            AnsiConsole.WriteLine($"gateway at {services.Gateway}, ready after {up.TotalSeconds:0.0} s");
            using var channel = GrpcChannel.ForAddress(services.Gateway, new GrpcChannelOptions { MaxReceiveMessageSize = 64 << 20 });
            explanation = await Explain(channel, manifest, picture, cancellation);
            events = await Evaluate(channel, manifest, picture, explanation.Maps[0].Target, cancellation);
        }

        new ExplanationFiles(output, image).Write(explanation, explanation.Maps);
        WriteCurve(events);
        WriteSummary(manifest, explanation, events);
        Print(manifest, explanation, events);
        AnsiConsole.WriteLine($"all services stopped; results in {Path.GetFullPath(output)} after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
    }

    /// <summary>Kept between runs: drawing 22 million weights and hashing them takes seconds.</summary>
    private static string MakeModel()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"cdam-demo-{Environment.UserName}", "vits8-random");
        if (!File.Exists(Path.Combine(folder, ModelManifest.FileName)))
        {
            RandomModel.Write(folder, "vits8-random", new BackboneReference("dino-vits8", null), classes: 1000, seed: 0);
        }

        return folder;
    }

    private static async Task<ExplainResponse> Explain(GrpcChannel channel, ModelManifest manifest, ByteString picture, CancellationToken cancellation)
    {
        var request = new ExplainRequest
        {
            Model = $"models/{manifest.Id}",
            Image = new Image { Encoded = picture },
            Targets = { manifest.Head == HeadKind.None ? throw new ArgumentException("--model has no head; the demo needs classes") : new Target { Top = 2 } },
            MapOptions = new MapOptions { IncludeHeatMap = true, IncludeOverlay = true },
        };
        request.Methods.AddRange(Methods.Select(name => new MethodSpec { Name = name }));
        return await new ExplainerService.ExplainerServiceClient(channel).ExplainAsync(request, cancellationToken: cancellation);
    }

    private static async Task<List<EvaluateImageResponse>> Evaluate(
        GrpcChannel channel, ModelManifest manifest, ByteString picture, ResolvedTarget target, CancellationToken cancellation)
    {
        var request = new EvaluateImageRequest
        {
            Model = $"models/{manifest.Id}",
            Image = new Image { Encoded = picture },
            Target = new Target { Index = target.OutputIndex },
        };
        request.Methods.AddRange(Methods.Select(name => new MethodSpec { Name = name }));
        using var call = new EvaluatorService.EvaluatorServiceClient(channel).EvaluateImage(request, cancellationToken: cancellation);
        var events = new List<EvaluateImageResponse>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellation))
        {
            events.Add(answer);
        }

        return events;
    }

    private void WriteCurve(List<EvaluateImageResponse> events)
    {
        var lines = events.Where(answer => answer.Point is not null).Select(answer => answer.Point)
            .OrderBy(point => point.Method, StringComparer.Ordinal).ThenBy(point => point.Order).ThenBy(point => point.Percent)
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Method},{OrderName(point.Order)},{point.Percent},{point.Value:R}"));
        File.WriteAllLines(Path.Combine(output, "curve.csv"), lines.Prepend("method,order,percent,logit"));
    }

    private void WriteSummary(ModelManifest manifest, ExplainResponse explanation, List<EvaluateImageResponse> events)
    {
        var summary = new
        {
            Image = image,
            Model = manifest.Id,
            manifest.RandomWeights,
            TopClasses = Top(manifest, explanation).Select(entry => new { entry.Index, entry.Name, entry.Logit }).ToArray(),
            Fidelity = Results(events).Select(result => new { result.Method, result.AMif, result.ALif, result.ALifMif, result.Compactness }).ToArray(),
        };
        File.WriteAllBytes(Path.Combine(output, "summary.json"), JsonSerializer.SerializeToUtf8Bytes(summary, Json));
    }

    private static void Print(ModelManifest manifest, ExplainResponse explanation, List<EvaluateImageResponse> events)
    {
        if (manifest.RandomWeights)
        {
            AnsiConsole.WriteLine("The model's weights are random: classes, maps and curves below show that the services work, and mean nothing.");
        }

        var classes = new Table().Border(TableBorder.Simple).AddColumn("class").AddColumn(new TableColumn("logit").RightAligned());
        foreach (var entry in Top(manifest, explanation))
        {
            classes.AddRow(Markup.Escape(entry.Name), $"{entry.Logit:0.000}");
        }

        var target = explanation.Maps[0].Target.DisplayName;
        var fidelity = new Table().Border(TableBorder.Simple).Title($"fidelity of the maps for {Markup.Escape(target)} (logit × percent)")
            .AddColumns("method", "A_MIF", "A_LIF", "A_LIF−MIF", "compactness");
        foreach (var result in Results(events))
        {
            fidelity.AddRow(result.Method, $"{result.AMif:0.0}", $"{result.ALif:0.0}", $"{result.ALifMif:0.0}", $"{result.Compactness:0.00}");
        }

        AnsiConsole.Write(classes);
        AnsiConsole.Write(fidelity);
        var finished = events[^1].Finished;
        AnsiConsole.WriteLine($"{finished.ForwardPasses} forward passes for the curves, {finished.TotalMs / 1000:0.0} s; maps {explanation.Timings.ComputeMs:0} ms");
    }

    private static IEnumerable<FidelityResult> Results(List<EvaluateImageResponse> events) =>
        events.Where(answer => answer.Result is not null).Select(answer => answer.Result);

    private static IEnumerable<(int Index, string Name, float Logit)> Top(ModelManifest manifest, ExplainResponse explanation) =>
        explanation.Logits.Select((logit, index) => (index, manifest.Outputs?[index] ?? $"output {index}", logit))
            .OrderByDescending(entry => entry.logit).Take(5);

    private static string OrderName(PerturbationOrder order) => order == PerturbationOrder.MostImportantFirst ? "MIF" : "LIF";
}
