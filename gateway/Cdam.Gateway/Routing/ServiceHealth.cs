using Microsoft.Extensions.Diagnostics.HealthChecks;
using Yarp.ReverseProxy;

namespace Cdam.Gateway.Routing;

/// <summary>The names of grpc.health.v1: "" is the gateway itself, each service's name is the cluster behind it.</summary>
internal static class ServiceHealth
{
    private const string Itself = "gateway";

    private static readonly (string Service, string Cluster)[] Behind =
    [
        (V1.ExplainerService.Descriptor.FullName, "explainers"),
        (V1.EvaluatorService.Descriptor.FullName, "evaluators"),
    ];

    internal static void Add(IServiceCollection services)
    {
        var checks = services.AddGrpcHealthChecks(options =>
        {
            options.Services.Map("", check => check.Name == Itself);
            foreach (var (service, _) in Behind)
            {
                options.Services.Map(service, check => check.Name == service);
            }
        });
        checks.AddCheck(Itself, () => HealthCheckResult.Healthy());
        foreach (var (service, cluster) in Behind)
        {
            checks.Add(new HealthCheckRegistration(
                service, provider => new ClusterHealth(provider.GetRequiredService<IProxyStateLookup>(), cluster), null, null));
        }
    }
}
