using System.CommandLine;
using Cdam.Attribution.Models;
using Cdam.Cli.Hosting;
using Cdam.Cli.Models;
using Cdam.V1;
using Spectre.Console;

namespace Cdam.Cli.Explaining;

/// <summary><c>cdam explain IMAGE…</c>: maps of pictures as files.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var images = new Argument<string[]>("image") { Description = "JPEG, PNG, WebP, BMP or TIFF files.", Arity = ArgumentArity.OneOrMore };
        var model = new Option<string>("--model") { Description = "A model's id, or, without --server, a model folder.", Required = true };
        var models = ModelLocations.Option();
        var targets = new Option<string[]>("--target")
        {
            Description = "What to explain: an output's name or index, top, top:K or all. May be repeated.",
            DefaultValueFactory = _ => ["top"],
        };
        var methods = new Option<string>("--method") { Description = "Methods, separated by commas.", DefaultValueFactory = _ => "cdam" };
        var output = new Option<string>("--out") { Description = "Folder for the results.", DefaultValueFactory = _ => "out" };
        var server = new Option<string?>("--server") { Description = "Address of a gateway or explainer; absent: one is hosted in this process." };
        var samples = new Option<int?>("--samples") { Description = "Noisy samples or integration steps." };
        var noise = new Option<float?>("--noise-level") { Description = "Noise of Smooth CDAM, relative to the tokens' range." };
        var space = new Option<TokenSpace?>("--token-space") { Description = "BlockInput or AttentionInput." };
        var seed = new Option<ulong?>("--seed") { Description = "Seed of the noise." };
        var heads = new Option<bool>("--heads") { Description = "Also writes each head's part of the maps." };
        var command = new Command("explain", "Explains pictures and writes heat maps, overlays, raw scores and a JSON summary.")
        {
            images, model, models, targets, methods, output, server, samples, noise, space, seed, heads,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var request = new ExplainRequest { MapOptions = new MapOptions { IncludeHeatMap = true, IncludeOverlay = true, IncludeHeads = parsed.GetValue(heads) } };
            request.Targets.AddRange(parsed.GetRequiredValue(targets).Select(TargetArgument.Parse));
            var parameters = new MethodArguments(parsed.GetValue(samples), parsed.GetValue(noise), parsed.GetValue(space), parsed.GetValue(seed));
            request.Methods.AddRange(parameters.For(parsed.GetRequiredValue(methods)));
            var (name, address) = (parsed.GetRequiredValue(model), parsed.GetValue(server));
            name = address is null ? new ModelLocations(parsed.GetValue(models)).Find(name) : name;
            return Run(parsed.GetRequiredValue(images), name, request, parsed.GetRequiredValue(output), address, cancellation);
        });
        return command;
    }

    private static async Task<int> Run(string[] images, string model, ExplainRequest request, string output, string? server, CancellationToken cancellation)
    {
        await using var connection = server is null
            ? await ExplainerConnection.InProcess(model, cancellation)
            : ExplainerConnection.ToServer(server);
        request.Model = $"models/{(server is null ? ModelManifest.Read(model).Id : model)}";
        var description = await connection.Client.GetModelAsync(new GetModelRequest { Name = request.Model }, cancellationToken: cancellation);
        if (description.Model.RandomWeights)
        {
            CommandErrors.Console.MarkupLineInterpolated($"{model} has random weights: its maps mean nothing.");
        }

        var run = new ExplainRun(connection.Client, request, output);
        return await run.Explain(images, cancellation) ? 0 : 1;
    }
}
