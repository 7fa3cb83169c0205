using System.CommandLine;
using Cdam.Cli.Tuning;
using Cdam.V1;

namespace Cdam.Cli.Benching;

/// <summary><c>cdam bench</c>: the paper's benchmarks on images, by a session that goes on whatever is lost on the way.</summary>
internal static class BenchCommand
{
    private const string All = "all";

    public static Command Create()
    {
        var options = new BenchOptions();
        var command = new Command("bench", "Measures maps by blurred perturbation: fidelity, box sensitivity, class discrimination, compactness.") { TuneCommand.Create() };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) => await Run(options.Read(parsed), cancellation));
        return command;
    }

    private static async Task<int> Run(BenchArguments arguments, CancellationToken cancellation)
    {
        if (arguments.Shard is { } shard)
        {
            return await ShardCommand.Run(shard, arguments, cancellation);
        }

        await using var connection = await BenchConnection.Open(
            arguments.Model, arguments.Server, arguments.Access, arguments.Models, arguments.Output, cancellation);
        var run = new BenchRun(connection.Evaluator, arguments);
        var name = arguments.Resume ?? await run.Start(await Methods(connection.Explainer, arguments.Methods, cancellation), connection.Model, cancellation);
        var results = await run.Follow(name, cancellation);
        await new BenchReports(connection.Evaluator, arguments).Write(results, cancellation);
        return results.Succeeded ? 0 : 1;
    }

    /// <summary>The methods that a command line asks for; all that explainers have where it asks for all.</summary>
    internal static async Task<IReadOnlyList<string>> Methods(ExplainerService.ExplainerServiceClient client, string wanted, CancellationToken cancellation)
    {
        if (wanted != All)
        {
            return wanted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        var known = await client.ListMethodsAsync(new ListMethodsRequest(), cancellationToken: cancellation);
        return [.. known.Methods.Select(method => method.Name)];
    }
}
