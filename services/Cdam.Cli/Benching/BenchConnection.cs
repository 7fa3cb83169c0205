using Cdam.Attribution.Models;
using Cdam.Cli.Hosting;
using Cdam.Cli.Models;
using Cdam.Cli.Serving;
using Cdam.V1;
using Cdam.V1.Clients;
using Grpc.Net.Client;

namespace Cdam.Cli.Benching;

/// <summary>A way to explainer and evaluator: a gateway that is there, or all three hosts in this process.</summary>
internal sealed class BenchConnection : IAsyncDisposable
{
    private readonly ServedHosts? _hosts;
    private readonly GrpcChannel _channel;

    private BenchConnection(GrpcChannel gateway, string model, ServedHosts? hosts)
    {
        (_hosts, Model, _channel) = (hosts, model, gateway);
        Explainer = new ExplainerService.ExplainerServiceClient(_channel);
        Evaluator = new EvaluatorService.EvaluatorServiceClient(_channel);
    }

    public ExplainerService.ExplainerServiceClient Explainer { get; }

    public EvaluatorService.EvaluatorServiceClient Evaluator { get; }

    /// <summary>The model's resource name.</summary>
    public string Model { get; }

    /// <param name="model">A model's id, or a folder where there is no server.</param>
    /// <param name="server">A gateway; null hosts the services in this process.</param>
    /// <param name="access">What the gateway is shown.</param>
    /// <param name="models">The folder of models; null: the usual one.</param>
    /// <param name="output">Folder of the sessions where there is no server.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<BenchConnection> Open(
        string model, string? server, ClientAccess access, string? models, string output, CancellationToken cancellation)
    {
        if (server is not null)
        {
            return new BenchConnection(ServerChannel.Open(server, access), $"models/{model}", null);
        }

        var folder = new ModelLocations(models).Find(model);
        Directory.CreateDirectory(output);
        var settings = new ServeSettings(null, "http://127.0.0.1:0", "", null, [
            "--Logging:LogLevel:Default=Warning", $"--Evaluator:Store:Path={Path.GetFullPath(Path.Combine(output, "sessions.db"))}"]);
        var hosts = await ServedHosts.Start(settings, [folder], cancellation);
        return new BenchConnection(ServerChannel.Open(hosts.Gateway), $"models/{ModelManifest.Read(folder).Id}", hosts);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        if (_hosts is not null)
        {
            await _hosts.DisposeAsync();
        }
    }
}
