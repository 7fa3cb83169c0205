using Cdam.Gateway.Pools;
using Inference;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Yarp.ReverseProxy;

namespace Cdam.Gateway.Readiness;

/// <summary>The names of grpc.health.v1: "" is the gateway itself, each service's name is what is behind it.</summary>
internal static class ServiceHealth
{
    internal const string Itself = "gateway";

    internal static readonly string Explainer = V1.ExplainerService.Descriptor.FullName;
    private static readonly string Evaluator = V1.EvaluatorService.Descriptor.FullName;

    internal static void Add(IServiceCollection services)
    {
        services.AddGrpcHealthChecks(options =>
        {
            options.Services.Map("", check => check.Name == Itself);
            options.Services.Map(Explainer, check => check.Name == Explainer);
            options.Services.Map(GRPCInferenceService.Descriptor.FullName, check => check.Name == Explainer);
            options.Services.Map(Evaluator, check => check.Name == Evaluator);
        })
        .AddCheck(Itself, () => HealthCheckResult.Healthy())
        .Add(new HealthCheckRegistration(Explainer, provider => new PoolHealth(provider.GetRequiredService<PoolSet>()), null, null))
        .Add(new HealthCheckRegistration(
            Evaluator, provider => new ClusterHealth(provider.GetRequiredService<IProxyStateLookup>(), PoolSet.Evaluators), null, null));
    }
}
