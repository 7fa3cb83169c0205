using System.CommandLine;
using Cdam.Cli.Hosting;
using Cdam.Cli.Models;

namespace Cdam.Cli.Benching;

/// <summary>The options of <c>cdam bench</c>.</summary>
internal sealed class BenchOptions
{
    private readonly Option<string> _model = new("--model") { Description = "A model's id, or, without --server, a model folder.", DefaultValueFactory = _ => "scenes" };
    private readonly Option<string> _images = new("--images")
    {
        Description = $"A folder of images, one that `cdam scenes` wrote (its classes are the labels), or {BenchScenes.Names} (drawn by the evaluator).",
        DefaultValueFactory = _ => BenchScenes.TwoObjects,
    };

    private readonly Option<string> _methods = new("--methods") { Description = "Methods, separated by commas, or all.", DefaultValueFactory = _ => "all" };
    private readonly Option<string> _metrics = new("--metrics") { Description = "Metrics, separated by commas, or all that the images allow.", DefaultValueFactory = _ => "all" };
    private readonly Option<string> _output = new("--out") { Description = "Folder of the reports; without --server also of the session's store.", DefaultValueFactory = _ => "out/bench" };
    private readonly Option<int> _limit = new("--limit") { Description = "Images at most.", DefaultValueFactory = _ => 100 };
    private readonly Option<double[]> _percents = new("--percents") { Description = "Percentages of pixels to replace, ascending; absent: 0, 5, …, 100.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int[]> _sides = new("--box-sides") { Description = "Sides of boxes in pixels; absent: eight, from a sixteenth to half of the picture.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int> _boxes = new("--boxes") { Description = "Boxes for each side.", DefaultValueFactory = _ => 100 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Of boxes, scenes and confidence intervals.", DefaultValueFactory = _ => 0 };
    private readonly Option<string?> _server = new("--server") { Description = "Address of a gateway; absent: the services run in this process." };
    private readonly Option<string?> _models = ModelLocations.Option();
    private readonly Option<string?> _resume = new("--resume") { Description = "A benchmark, benchmarks/ID, to go on with and report." };
    private readonly Option<string?> _shard = new("--shard")
    {
        Description = "I/N: measures in this process, with the server's explainers, only the images whose number is I modulo N; "
            + "the N shards share --session and a store (PostgreSQL by Evaluator__Store__ConnectionString, or the file in --out).",
    };

    private readonly Option<string?> _session = new("--session") { Description = "A UUID that all shards of a benchmark are given; a shard that failed goes on under it." };
    private readonly Option<bool> _json = new("--json") { Description = "Prints the tables as JSON." };

    private readonly ServerOptions _access = new();

    public void AddTo(Command command)
    {
        _access.AddTo(command);
        foreach (var option in (Option[])[_model, _images, _methods, _metrics, _output, _limit, _percents, _sides, _boxes, _seed, _server, _models, _resume, _shard, _session, _json])
        {
            command.Options.Add(option);
        }
    }

    public BenchArguments Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(_model), parsed.GetRequiredValue(_images), parsed.GetRequiredValue(_methods), parsed.GetRequiredValue(_metrics),
        parsed.GetRequiredValue(_output), parsed.GetValue(_limit),
        parsed.GetValue(_percents) is { Length: > 0 } percents ? percents : [.. Enumerable.Range(0, 21).Select(step => 5.0 * step)],
        parsed.GetValue(_sides) ?? [], parsed.GetValue(_boxes), parsed.GetValue(_seed), parsed.GetValue(_server), parsed.GetValue(_models),
        parsed.GetValue(_resume), BenchShard.Read(parsed.GetValue(_shard), parsed.GetValue(_session)), parsed.GetValue(_json), _access.Read(parsed));
}
