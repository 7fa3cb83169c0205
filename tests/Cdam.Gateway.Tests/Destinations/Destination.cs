using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cdam.Gateway.Tests.Destinations;

/// <summary>A server behind the gateway, on a port of its own.</summary>
internal sealed class Destination : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Destination(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public StubExplainer Explainer => _app.Services.GetRequiredService<StubExplainer>();

    public StubEvaluator Evaluator => _app.Services.GetRequiredService<StubEvaluator>();

    public StubInference Inference => _app.Services.GetRequiredService<StubInference>();

    public StubHealth Health => _app.Services.GetRequiredService<StubHealth>();

    /// <param name="id">Tells it from others.</param>
    /// <param name="models">Its models' names.</param>
    public static Task<Destination> StartAsync(string id = "stub", params string[] models) => StartAsync(id, models, null);

    /// <param name="certificate">PEM, with its key.</param>
    public static Task<Destination> StartTlsAsync((string Certificate, string Key) certificate) =>
        StartAsync("stub", [], X509Certificate2.CreateFromPem(certificate.Certificate, certificate.Key));

    private static async Task<Destination> StartAsync(string id, string[] models, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http2;
            if (certificate is not null)
            {
                endpoint.UseHttps(certificate);
            }
        }));
        builder.Services.AddSingleton(new StubExplainer { Id = id, Models = models }).AddSingleton<StubHealth>();
        builder.Services.AddSingleton<StubEvaluator>().AddSingleton(new StubInference { Id = id });
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);

        var app = builder.Build();
        app.MapGrpcService<StubExplainer>();
        app.MapGrpcService<StubEvaluator>();
        app.MapGrpcService<StubInference>();
        app.MapGrpcService<StubHealth>();
        await app.StartAsync();
        return new Destination(app);
    }

    /// <summary>Drops every connection without waiting for calls, as a killed process would.</summary>
    public Task KillAsync() => _app.StopAsync(new CancellationToken(canceled: true));

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _app.DisposeAsync();
    }
}
