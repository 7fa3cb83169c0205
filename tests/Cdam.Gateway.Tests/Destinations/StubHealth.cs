using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Health.V1;

namespace Cdam.Gateway.Tests.Destinations;

/// <summary>Serves everything but what it was told not to.</summary>
internal sealed class StubHealth : Health.HealthBase
{
    private readonly ConcurrentDictionary<string, bool> _refused = new();

    /// <summary>Every name is NOT_SERVING.</summary>
    public bool IsDraining { get; set; }

    public void Refuse(string name) => _refused[name] = true;

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        Task.FromResult(new HealthCheckResponse
        {
            Status = IsDraining || _refused.ContainsKey(request.Service)
                ? HealthCheckResponse.Types.ServingStatus.NotServing
                : HealthCheckResponse.Types.ServingStatus.Serving,
        });
}
