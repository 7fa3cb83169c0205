using Cdam.Explainer.Configuration;
using Cdam.Explainer.Devices;
using Cdam.Telemetry.Calls;
using Cdam.V1;
using Cdam.V1.Clients;
using Grpc.Core;
using Grpc.Net.Client;

namespace Cdam.Explainer.Concepts;

/// <summary>Asks ConceptService for concepts, if there is one.</summary>
internal sealed class KeptConcepts(ExplainerOptions options, ConceptCache cache, TimeProvider time) : IDisposable
{
    // A lookup by key: whoever needs longer is as good as lost.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Without pings a machine that vanished would hold its connection for minutes.
    private static readonly TimeSpan PingAfterSilence = TimeSpan.FromSeconds(20);

    private readonly GrpcChannel? _channel = options.ConceptService is { } address ? Open(address, options.ToAccess()) : null;

    /// <summary>Whether there is a ConceptService to ask.</summary>
    public bool Exists => _channel is not null;

    /// <summary>Finds a concept.</summary>
    /// <param name="id">Case does not matter.</param>
    /// <param name="call">Whose deadline goes along.</param>
    /// <exception cref="ConceptNotFoundException">None of that id is kept.</exception>
    /// <exception cref="ConceptServiceLostException">The service cannot be asked now.</exception>
    /// <exception cref="OperationCanceledException">The call is over.</exception>
    public async ValueTask<KeptConcept> FindAsync(string id, CallLifetime call)
    {
        id = id.Trim().ToLowerInvariant();
        if (cache.Find(id) is { } known)
        {
            return known;
        }

        var asked = time.GetTimestamp();
        var concept = KeptConcept.Read(id, await AskAsync(id, call));
        cache.Put(id, concept, asked);
        return concept;
    }

    public void Dispose() => _channel?.Dispose();

    private static GrpcChannel Open(string address, ClientAccess access) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new TraceHeaders(access.Over(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,    // TraceHeaders does it.
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = PingAfterSilence,
            KeepAlivePingTimeout = PingAfterSilence,
        })),
    });

    private async Task<StoredConcept> AskAsync(string id, CallLifetime call)
    {
        var latest = time.GetUtcNow().UtcDateTime + Patience;
        try
        {
            var answer = await new ConceptService.ConceptServiceClient(_channel).GetConceptAsync(
                new GetConceptRequest { Name = $"concepts/{id}" }, deadline: latest < call.Deadline ? latest : call.Deadline, cancellationToken: call.Token);
            return answer.Concept;
        }
        catch (RpcException fault)
        {
            if (call.Ending(time) is { } ending)
            {
                throw ending;
            }

            throw fault.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument
                ? new ConceptNotFoundException(id, fault.Status.Detail)
                : new ConceptServiceLostException(
                    $"concept \"{id}\" did not come with the model, and ConceptService cannot be asked now: {fault.StatusCode}, {fault.Status.Detail}", fault);
        }
    }
}
