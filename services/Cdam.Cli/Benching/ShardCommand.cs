using Cdam.Cli.Hosting;
using Cdam.V1;
using Grpc.Core;
using Spectre.Console;

namespace Cdam.Cli.Benching;

/// <summary><c>cdam bench --shard I/N --session ID</c>: measures its share of a benchmark in this process; the last one writes the reports.</summary>
internal static class ShardCommand
{
    public static async Task<int> Run(BenchShard shard, BenchArguments arguments, CancellationToken cancellation)
    {
        var server = arguments.Server ?? throw new ArgumentException("--shard needs --server: a gateway whose explainers the shards use");
        await using var host = await ShardHost.Start(shard, server, arguments.Access, arguments.Output, cancellation);
        using var explainers = ServerChannel.Open(server, arguments.Access);
        using var here = ServerChannel.Open(host.Address);
        var evaluator = new EvaluatorService.EvaluatorServiceClient(here);
        var run = new BenchRun(evaluator, arguments);
        var methods = await BenchCommand.Methods(new ExplainerService.ExplainerServiceClient(explainers), arguments.Methods, cancellation);
        var name = await run.Start(methods, $"models/{arguments.Model}", cancellation);

        using var following = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var events = run.Follow(name, following.Token);
        await host.Settled.WaitAsync(cancellation);
        var benchmark = (await evaluator.GetBenchmarkAsync(new GetBenchmarkRequest { Name = name }, cancellationToken: cancellation)).Benchmark;
        if (benchmark.EndTime is not null)
        {
            var results = await events;
            await new BenchReports(evaluator, arguments).Write(results, cancellation);
            return results.Succeeded ? 0 : 1;
        }

        await following.CancelAsync();
        await IgnoreCancellation(events);
        AnsiConsole.WriteLine($"shard {shard.Index}/{shard.Count} is done; {Outstanding(benchmark.Progress)} images of others are outstanding, and the last shard writes the reports");
        return 0;
    }

    private static int Outstanding(BenchmarkProgress progress) => progress.ImageCount - progress.MeasuredCount - progress.FailedCount;

    private static async Task IgnoreCancellation(Task events)
    {
        try
        {
            await events;
        }
        catch (Exception fault) when (fault is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
        {
            // What was to be cancelled.
        }
    }
}
