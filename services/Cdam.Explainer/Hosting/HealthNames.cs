using Cdam.Explainer.Models;
using Cdam.V1;
using Grpc.HealthCheck;
using Inference;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Cdam.Explainer.Hosting;

/// <summary>
/// What grpc.health.v1 says: one name for each model, and the server's own three, which serve once every model does. Set at once when
/// something changes, where polled checks would lag behind.
/// </summary>
internal sealed class HealthNames(ModelRegistry registry, HealthServiceImpl health)
{
    private readonly Lock _gate = new();
    private bool _isDraining;

    private static IEnumerable<string> ServerNames => ["", ExplainerService.Descriptor.FullName, GRPCInferenceService.Descriptor.FullName];

    /// <summary>Every name is NOT_SERVING.</summary>
    public void NotServing()
    {
        lock (_gate)
        {
            foreach (var name in registry.All.Select(model => model.Name).Concat(ServerNames))
            {
                health.SetStatus(name, ServingStatus.NotServing);
            }
        }
    }

    /// <summary>Every name is NOT_SERVING for good.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            _isDraining = true;
            NotServing();
        }
    }

    /// <summary>A model is SERVING.</summary>
    public void Serving(string model) => Serve([model]);

    /// <summary>All models are, so the server is.</summary>
    public void Serving() => Serve(ServerNames);

    private void Serve(IEnumerable<string> names)
    {
        lock (_gate)
        {
            // A warm-up that ends during the drain must not call clients back.
            foreach (var name in names.Where(_ => !_isDraining))
            {
                health.SetStatus(name, ServingStatus.Serving);
            }
        }
    }
}
