using System.CommandLine;
using System.Text.Json;
using Cdam.Attribution.Models;
using Cdam.Cli.Hosting;
using Cdam.Cli.Models;
using Cdam.V1;
using Spectre.Console;

namespace Cdam.Cli.Localization;

/// <summary>What both kinds of measurement take, and how they run and report.</summary>
/// <param name="model">The model without a wish.</param>
internal sealed class LocalizationOptions(string model)
{
    private const string AllMethods = "all";
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly Option<string> _model = new("--model") { Description = "A model's id, or a model folder.", DefaultValueFactory = _ => model };
    private readonly Option<string> _methods = new("--method") { Description = "Methods, separated by commas, or all.", DefaultValueFactory = _ => AllMethods };
    private readonly Option<string?> _server = new("--server") { Description = "Address of a gateway or explainer; absent: one is hosted in this process." };
    private readonly Option<string?> _models = ModelLocations.Option();
    private readonly ServerOptions _access = new();
    private readonly Option<string?> _output = new("--out") { Description = "Also writes the figures to this JSON file." };

    /// <summary>How many pictures at most.</summary>
    public Option<int> Count { get; } = new("--count") { Description = "How many pictures at most.", DefaultValueFactory = _ => 100 };

    public void AddTo(Command command)
    {
        _access.AddTo(command);
        foreach (var option in (Option[])[_model, _methods, Count, _server, _models, _output])
        {
            command.Add(option);
        }
    }

    /// <summary>Connects, measures, shows and writes.</summary>
    public async Task<int> Run(
        ParseResult parsed,
        Func<ExplainerService.ExplainerServiceClient, string, IReadOnlyList<string>, Task<IReadOnlyList<LocalizationRow>>> measure,
        CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_model);
        var folder = parsed.GetValue(_server) is null ? new ModelLocations(parsed.GetValue(_models)).Find(name) : null;
        await using var connection = folder is null
            ? ExplainerConnection.ToServer(parsed.GetValue(_server)!, _access.Read(parsed))
            : await ExplainerConnection.InProcess(folder, cancellation);
        var id = folder is null ? name : ModelManifest.Read(folder).Id;
        var methods = await Methods(connection.Client, parsed.GetRequiredValue(_methods), cancellation);
        var rows = await measure(connection.Client, $"models/{id}", methods);
        AnsiConsole.Write(LocalizationTable.Of(id, rows));
        if (parsed.GetValue(_output) is { } output)
        {
            await File.WriteAllBytesAsync(output, JsonSerializer.SerializeToUtf8Bytes(rows, Json), cancellation);
        }

        return 0;
    }

    private static async Task<IReadOnlyList<string>> Methods(ExplainerService.ExplainerServiceClient client, string wanted, CancellationToken cancellation)
    {
        if (wanted != AllMethods)
        {
            return wanted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        var known = await client.ListMethodsAsync(new ListMethodsRequest(), cancellationToken: cancellation);
        return [.. known.Methods.Select(method => method.Name)];
    }
}
