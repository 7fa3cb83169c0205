using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cdam.Gateway.Tests.Concepts;

/// <summary>A gateway that keeps concepts, before an explainer of one model.</summary>
internal sealed class ConceptFixture : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _destination;
    private readonly string[] _arguments;

    private ConceptFixture(DirectoryInfo folder, WebApplication destination, string[] arguments) =>
        (_folder, _destination, _arguments) = (folder, destination, arguments);

    public static CancellationToken Patience => GatewayFixture.Patience;

    public GatewayFixture Gateway { get; private set; } = null!;

    public ConceptService.ConceptServiceClient Client => new(Gateway.Channel);

    public LatentExplainer Explainer => _destination.Services.GetRequiredService<LatentExplainer>();

    public string Folder => _folder.FullName;

    /// <param name="kind"><see cref="Sqlite"/>, <see cref="Postgres"/> (the test is skipped where it is not installed), or a connection string.</param>
    /// <param name="options">Further settings of the gateway.</param>
    public static async Task<ConceptFixture> StartAsync(string kind, params string[] options)
    {
        var connection = kind == Sqlite ? null : kind == Postgres ? await SharedPostgres.NewDatabaseAsync() : kind;
        var folder = Directory.CreateTempSubdirectory("cdam-concepts-");
        var destination = await ExplainerAsync();
        var store = connection is null ? $"--Gateway:Concepts:Path={Path.Combine(folder.FullName, "sub", "concepts.db")}" : $"--Gateway:Concepts:ConnectionString={connection}";
        var fixture = new ConceptFixture(
            folder, destination, [store, $"--ReverseProxy:Clusters:explainers:Destinations:one:Address={destination.Urls.First()}", .. options]);
        fixture.Gateway = await fixture.AnotherGatewayAsync();
        return fixture;
    }

    /// <summary>One more on the same store; the caller disposes it.</summary>
    public Task<GatewayFixture> AnotherGatewayAsync() => GatewayFixture.StartAsync(null, _arguments);

    public async Task RestartAsync()
    {
        await Gateway.DisposeAsync();
        Gateway = await AnotherGatewayAsync();
    }

    public static ConceptSetup Setup(string id = "striped") => new() { ConceptId = id, Model = LatentExplainer.Model };

    public static Image Image(params byte[] latent) => new() { Encoded = ByteString.CopyFrom(latent) };

    /// <summary>Three images; (10, 0, 0, 3), (0, 10, 0, 3) and (−4, −4, 6, 0).</summary>
    public static IEnumerable<Image> Images => [Image(10, 0, 0, 3), Image(0, 10, 0, 3), Image(252, 252, 6, 0)];

    public async Task<StoredConcept> CreateAsync(ConceptSetup setup, params IEnumerable<Image> images) =>
        (await SendAsync([new CreateConceptRequest { Setup = setup }, .. (images.Any() ? images : Images).Select(image => new CreateConceptRequest { Image = image })])).Concept;

    public async Task<CreateConceptResponse> SendAsync(params IEnumerable<CreateConceptRequest> messages)
    {
        using var call = Client.CreateConcept(cancellationToken: Patience);
        try
        {
            foreach (var message in messages)
            {
                await call.RequestStream.WriteAsync(message, Patience);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception fault) when (fault is RpcException or InvalidOperationException)
        {
            // Answered early: the answer is read below.
        }

        return await call;
    }

    public async Task<StoredConcept> GetAsync(string id) =>
        (await Client.GetConceptAsync(new GetConceptRequest { Name = $"concepts/{id}" }, cancellationToken: Patience)).Concept;

    public async Task DeleteAsync(string id) => await Client.DeleteConceptAsync(new DeleteConceptRequest { Name = $"concepts/{id}" }, cancellationToken: Patience);

    public Task LoseExplainerAsync() => _destination.StopAsync(new CancellationToken(canceled: true));

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await LoseExplainerAsync();
        await _destination.DisposeAsync();
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static async Task<WebApplication> ExplainerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<LatentExplainer>();
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGrpcService<LatentExplainer>();
        await app.StartAsync();
        return app;
    }
}
