using Cdam.Explainer.Devices;
using Cdam.Explainer.Models;
using Cdam.V1;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cdam.Explainer.Tests.Running;

/// <summary>A real host on a real socket, with the three models or a test's own.</summary>
internal sealed class RunningExplainer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder _models;

    private RunningExplainer(WebApplication app, TemporaryFolder models)
    {
        (_app, _models) = (app, models);
        Address = app.Urls.First();
        Channel = Connect();
        Client = new ExplainerService.ExplainerServiceClient(Channel);
        Health = new Health.HealthClient(Channel);
    }

    public string Address { get; }

    /// <summary>Where it listens for what is not gRPC, if it does.</summary>
    public string HttpAddress => _app.Urls.ElementAt(1);

    public GrpcChannel Channel { get; }

    public ExplainerService.ExplainerServiceClient Client { get; }

    public Health.HealthClient Health { get; }

    public DeviceThread Device => _app.Services.GetRequiredService<DeviceThread>();

    public ModelRegistry Registry => _app.Services.GetRequiredService<ModelRegistry>();

    /// <summary>The loaded model, for computing without the host. Only while the device is idle.</summary>
    public ServedModel Model(string id) => Registry.Get($"models/{id}", "");

    /// <summary>Without warm-up, which most tests can do without, unless the options say otherwise.</summary>
    public static Task<RunningExplainer> StartAsync(params string[] options) => StartAsync(ModelFolderWriter.WriteAll, options);

    /// <param name="write">Writes the models into a folder.</param>
    /// <param name="options">Beside those that every test has.</param>
    public static async Task<RunningExplainer> StartAsync(Action<string> write, params string[] options)
    {
        var models = new TemporaryFolder();
        write(models.Path);
        var app = Build(["--Explainer:ModelsDirectory=" + models.Path, "--Explainer:WarmUp=false", .. options]);
        await app.StartAsync();
        var running = new RunningExplainer(app, models);
        await running.ReadyAsync();
        return running;
    }

    public static WebApplication Build(params string[] options) =>
        ExplainerHost.Build(["--Explainer:Listen=http://127.0.0.1:0", "--Explainer:Device=cpu", "--Logging:LogLevel:Default=None", .. options]);

    public GrpcChannel Connect() => GrpcChannel.ForAddress(Address, new GrpcChannelOptions { MaxReceiveMessageSize = 64 << 20 });

    /// <summary>Stops the device thread in its tracks until disposal, so that what is sent meanwhile waits in the queue.</summary>
    public async Task<IDisposable> HoldDeviceAsync()
    {
        var hold = new DeviceHold();
        _ = Device.InvokeAsync(hold.Wait, CancellationToken.None);
        await hold.Begun;
        return hold;
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _models.Dispose();
    }

    private async Task ReadyAsync()
    {
        using var watch = Health.Watch(new HealthCheckRequest());
        while (await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            if (watch.ResponseStream.Current.Status == HealthCheckResponse.Types.ServingStatus.Serving)
            {
                return;
            }
        }
    }
}
