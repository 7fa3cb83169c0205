using Cdam.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace Cdam.Evaluator.Tests.Sessions;

/// <summary>An evaluator in this process that is a shard, as <c>cdam bench --shard</c> has one.</summary>
internal sealed class ShardedEvaluator : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ShardedEvaluator(WebApplication app) => _app = app;

    public Task Settled => EvaluatorHost.ShareSettled(_app);

    public static async Task<ShardedEvaluator> StartAsync(string[] arguments)
    {
        var app = EvaluatorHost.Build(arguments);
        await app.StartAsync();
        return new ShardedEvaluator(app);
    }

    /// <summary>Starts the session.</summary>
    /// <returns>The benchmark's name.</returns>
    public async Task<string> BeginAsync(Guid session, BenchmarkSettings settings)
    {
        using var channel = GrpcChannel.ForAddress(_app.Urls.First());
        var request = new StartBenchmarkRequest { Settings = settings, RequestId = session.ToString() };
        return (await new EvaluatorService.EvaluatorServiceClient(channel).StartBenchmarkAsync(request, cancellationToken: EvaluatorFixture.Patience)).Benchmark.Name;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
