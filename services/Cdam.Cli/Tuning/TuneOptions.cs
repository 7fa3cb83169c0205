using System.CommandLine;
using Cdam.Cli.Benching;
using Cdam.Cli.Hosting;
using Cdam.Cli.Models;
using Cdam.Cli.Training;

namespace Cdam.Cli.Tuning;

/// <summary>The options of <c>cdam bench tune</c>.</summary>
internal sealed class TuneOptions
{
    private readonly Option<string> _model = new("--model") { Description = "A model's id, or, without --server, a model folder.", DefaultValueFactory = _ => "scenes" };
    private readonly Option<string> _images = new("--images")
    {
        Description = $"Validation images, which no benchmark should use: a folder, or one of {BenchScenes.Names} (drawn by the evaluator).",
        DefaultValueFactory = _ => BenchScenes.Validation,
    };

    private readonly Option<string> _methods = new("--methods") { Description = "Methods with a noise level, separated by commas; absent: smooth-cdam, smooth-grad.", DefaultValueFactory = _ => "" };
    private readonly Option<float[]> _levels = new("--levels")
    {
        Description = "Noise levels to compare, ascending, above 0, at most 1; absent: 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<double[]> _percents = new("--percents") { Description = "Percentages of pixels to replace, ascending; absent: 0, 10, …, 100.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _output = new("--out") { Description = "Folder of noise.csv, noise.png and noise.svg.", DefaultValueFactory = _ => "out/tune" };
    private readonly Option<int> _limit = TrainCommand.Count("--limit", "Images at most.", 200);
    private readonly Option<ulong> _seed = new("--seed") { Description = "Of scenes.", DefaultValueFactory = _ => 0 };
    private readonly Option<string?> _server = new("--server") { Description = "Address of a gateway; absent: the services run in this process." };
    private readonly Option<string?> _models = ModelLocations.Option();
    private readonly Option<bool> _json = new("--json") { Description = "Prints the result as JSON." };

    private readonly ServerOptions _access = new();

    public void AddTo(Command command)
    {
        _access.AddTo(command);
        foreach (var option in (Option[])[_model, _images, _methods, _levels, _percents, _output, _limit, _seed, _server, _models, _json])
        {
            command.Options.Add(option);
        }
    }

    public TuneArguments Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(_model), parsed.GetRequiredValue(_images), parsed.GetRequiredValue(_methods), parsed.GetValue(_levels) ?? [],
        parsed.GetValue(_percents) ?? [], parsed.GetRequiredValue(_output), parsed.GetValue(_limit), parsed.GetValue(_seed), parsed.GetValue(_server),
        parsed.GetValue(_models), parsed.GetValue(_json), _access.Read(parsed));
}
