using Cdam.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace Cdam.Evaluator.Tests.Sessions;

/// <summary>An evaluator in this process, and a client of it.</summary>
internal sealed class RunningEvaluator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private RunningEvaluator(WebApplication app)
    {
        _app = app;
        _channel = GrpcChannel.ForAddress(app.Urls.First());
        Client = new EvaluatorService.EvaluatorServiceClient(_channel);
    }

    public EvaluatorService.EvaluatorServiceClient Client { get; }

    public string HttpAddress => _app.Urls.ElementAt(1);

    public static async Task<RunningEvaluator> StartAsync(string[] arguments)
    {
        var app = EvaluatorHost.Build(arguments);
        await app.StartAsync();
        return new RunningEvaluator(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        _channel.Dispose();
        await _app.DisposeAsync();
    }
}
