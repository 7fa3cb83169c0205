using System.Collections.Concurrent;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cdam.Explainer.Tests.Concepts;

/// <summary>A ConceptService on a port of its own, whose concepts a test puts there.</summary>
internal sealed class ConceptKeeper : ConceptService.ConceptServiceBase, IAsyncDisposable
{
    /// <summary>A concept whose answer never comes.</summary>
    public const string Silent = "silent";

    private WebApplication _app = null!;
    private int _calls;

    public ConcurrentDictionary<string, StoredConcept> Concepts { get; } = [];

    /// <summary>How often it was asked.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Of the last call.</summary>
    public DateTime Deadline { get; private set; }

    /// <summary>Of the last call.</summary>
    public string? Credential { get; private set; }

    public string Address => _app.Urls.First();

    public static async Task<ConceptKeeper> StartAsync()
    {
        var keeper = new ConceptKeeper();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(keeper);
        builder.Services.AddGrpc();
        keeper._app = builder.Build();
        keeper._app.Urls.Add("http://127.0.0.1:0");
        keeper._app.MapGrpcService<ConceptKeeper>();
        await keeper._app.StartAsync();
        return keeper;
    }

    public override async Task<GetConceptResponse> GetConcept(GetConceptRequest request, ServerCallContext context)
    {
        Interlocked.Increment(ref _calls);
        Deadline = context.Deadline;
        Credential = context.RequestHeaders.GetValue("authorization");
        var id = request.Name["concepts/".Length..];
        if (id == Silent)
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        return Concepts.TryGetValue(id, out var concept)
            ? new GetConceptResponse { Concept = concept }
            : throw WireStatus.NotFound("concept", request.Name, $"no concept is kept under the id \"{id}\"; near are \"kept\"").ToRpcException();
    }

    public Task StopAsync() => _app.StopAsync(new CancellationToken(canceled: true));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
    }
}
