using Cdam.Evaluator.Tests.LinearModel;
using Cdam.Gateway;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cdam.Evaluator.Tests;

/// <summary>A client's view of the system: gateway, evaluator and a linear explainer, each on its own port.</summary>
internal sealed class EvaluatorFixture : IAsyncDisposable
{
    private readonly List<WebApplication> _apps = [];
    private readonly GrpcChannel _channel;
    private readonly TemporaryFolder _folder;

    private EvaluatorFixture(TemporaryFolder folder, WebApplication explainer, WebApplication gateway, WebApplication evaluator)
    {
        _folder = folder;
        _apps.AddRange([gateway, evaluator, explainer]);
        Explainer = explainer.Services.GetRequiredService<LinearExplainer>();
        _channel = GrpcChannel.ForAddress(gateway.Urls.First());
        Client = new EvaluatorService.EvaluatorServiceClient(_channel);
        EvaluatorAddress = evaluator.Urls.First();
    }

    public LinearExplainer Explainer { get; }

    /// <summary>Speaks to the gateway.</summary>
    public EvaluatorService.EvaluatorServiceClient Client { get; }

    public string EvaluatorAddress { get; }

    // Only a call that hangs reaches this: most tests take about a second, but fifty times as long on a machine that is busy with others.
    public static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token;

    public static Task<EvaluatorFixture> StartAsync(params string[] evaluatorArgs) => StartAsync([], evaluatorArgs);

    public static async Task<EvaluatorFixture> StartAsync(string[] gatewayArgs, string[] evaluatorArgs)
    {
        var explainer = await StartExplainerAsync();
        var gateway = GatewayHost.Build([
            "--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=", "--Logging:LogLevel:Default=None",
            $"--ReverseProxy:Clusters:explainers:Destinations:one:Address={explainer.Urls.First()}",
            .. gatewayArgs,
        ]);
        await gateway.StartAsync();
        var folder = new TemporaryFolder();
        var evaluator = EvaluatorHost.Build([
            "--Evaluator:Listen=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", $"--Evaluator:Store:Path={folder.File("store.db")}",
            $"--Evaluator:ExplainerAddress={gateway.Urls.First()}", .. evaluatorArgs,
        ]);
        await evaluator.StartAsync();
        GatewayHost.Point(gateway, "evaluators", evaluator.Urls.First());
        var fixture = new EvaluatorFixture(folder, explainer, gateway, evaluator);
        await fixture.WaitForRouteAsync();
        return fixture;
    }

    public static EvaluateImageRequest Request(string model = "linear", params string[] methods) => new()
    {
        Model = $"models/{model}",
        Image = new Image
        {
            Picture = new Picture
            {
                Width = LinearPicture.Width,
                Height = LinearPicture.Height,
                Rgb = ByteString.CopyFrom(LinearPicture.Pixels()),
            },
        },
        Methods = { methods.Select(method => new MethodSpec { Name = method }) },
    };

    public async Task<List<EvaluateImageResponse>> EvaluateAsync(EvaluateImageRequest request)
    {
        using var call = Client.EvaluateImage(request, cancellationToken: Patience);
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }

    public Task<RpcException> FailAsync(EvaluateImageRequest request) => Assert.ThrowsAsync<RpcException>(() => EvaluateAsync(request));

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        foreach (var app in _apps)
        {
            await app.StopAsync(new CancellationToken(canceled: true));
            await app.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>A <see cref="LinearExplainer"/> that listens.</summary>
    /// <param name="address">Port 0 for a free one.</param>
    internal static async Task<WebApplication> StartExplainerAsync(string address = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<LinearExplainer>();
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.Urls.Add(address);
        app.MapGrpcService<LinearExplainer>();
        await app.StartAsync();
        return app;
    }

    private async Task WaitForRouteAsync()
    {
        var health = new Health.HealthClient(_channel);
        var name = new HealthCheckRequest { Service = EvaluatorService.Descriptor.FullName };
        while ((await health.CheckAsync(name, cancellationToken: Patience)).Status != HealthCheckResponse.Types.ServingStatus.Serving)
        {
            await Task.Delay(10, Patience);
        }
    }
}
