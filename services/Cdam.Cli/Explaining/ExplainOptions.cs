using System.CommandLine;
using Cdam.Attribution.Models;
using Cdam.Cli.Hosting;
using Cdam.Cli.Models;
using Cdam.V1;

namespace Cdam.Cli.Explaining;

/// <summary>The options of every command that explains: which model, what, how, where to.</summary>
internal sealed class ExplainOptions(string usualTarget)
{
    private readonly Option<string> _model = new("--model") { Description = "A model's id, or, without --server, a model folder.", Required = true };
    private readonly Option<string?> _models = ModelLocations.Option();
    private readonly Option<string[]> _targets = new("--target")
    {
        Description = "What to explain: an output's name or index, top, top:K, all, or concept:ID. "
            + $"May be repeated. Default: {usualTarget}.",
    };

    private readonly Option<string[]> _concepts = new("--concept")
    {
        Description = "A concept's id, as --target concept:ID: one that came with the model, or one that the server keeps (cdam concept list). May be repeated.",
    };

    private readonly Option<string> _methods = new("--method") { Description = "Methods, separated by commas.", DefaultValueFactory = _ => "cdam" };
    private readonly Option<string> _output = new("--out") { Description = "Folder for the results.", DefaultValueFactory = _ => "out" };
    private readonly Option<string?> _server = new("--server") { Description = "Address of a gateway or explainer; absent: one is hosted in this process." };
    private readonly Option<int?> _samples = new("--samples") { Description = "Noisy samples or integration steps." };
    private readonly Option<float?> _noise = new("--noise-level") { Description = "Noise of Smooth CDAM and SmoothGrad, relative to the range of what it is added to." };
    private readonly Option<TokenSpace?> _space = new("--token-space") { Description = "BlockInput or AttentionInput." };
    private readonly Option<ulong?> _seed = new("--seed") { Description = "Seed of the noise." };
    private readonly Option<bool> _heads = new("--heads") { Description = "Also writes each head's part of the maps." };

    private readonly ServerOptions _access = new();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _access.AddTo(command);
        foreach (var option in (Option[])[_model, _models, _targets, _concepts, _methods, _output, _server, _samples, _noise, _space, _seed, _heads])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What a command line says of them.</summary>
    /// <exception cref="ArgumentException">A target cannot be read.</exception>
    /// <exception cref="ModelException">There is no such model here.</exception>
    public ExplainArguments Read(ParseResult parsed)
    {
        var request = new ExplainRequest { MapOptions = new MapOptions { IncludeHeatMap = true, IncludeOverlay = true, IncludeHeads = parsed.GetValue(_heads) } };
        request.Targets.AddRange((parsed.GetValue(_targets) ?? []).Select(TargetArgument.Parse));
        request.Targets.AddRange((parsed.GetValue(_concepts) ?? []).Select(id => new Target { ConceptId = id }));
        var parameters = new MethodArguments(parsed.GetValue(_samples), parsed.GetValue(_noise), parsed.GetValue(_space), parsed.GetValue(_seed));
        request.Methods.AddRange(parameters.For(parsed.GetRequiredValue(_methods)));
        var (model, server) = (parsed.GetRequiredValue(_model), parsed.GetValue(_server));
        model = server is null ? new ModelLocations(parsed.GetValue(_models)).Find(model) : model;
        return new ExplainArguments(model, server, parsed.GetRequiredValue(_output), request, _access.Read(parsed));
    }
}
