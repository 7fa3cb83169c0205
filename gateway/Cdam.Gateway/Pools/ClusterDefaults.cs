using System.Net;
using Cdam.Gateway.Readiness;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.LoadBalancing;

namespace Cdam.Gateway.Pools;

/// <summary>What each cluster is set to where the configuration says nothing else, so that a new pool needs only its addresses.</summary>
internal sealed class ClusterDefaults : IProxyConfigFilter
{
    // Maps of pixel gradients on a CPU take minutes; callers set deadlines.
    private static readonly TimeSpan PermittedSilence = TimeSpan.FromHours(1);

    private static readonly TimeSpan ReactivationPeriod = TimeSpan.FromSeconds(10);

    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) => new(cluster with
    {
        // Long streams make counts of starts meaningless; this counts what is running.
        LoadBalancingPolicy = cluster.LoadBalancingPolicy ?? LoadBalancingPolicies.LeastRequests,
        HttpRequest = Fill(cluster.HttpRequest ?? ForwarderRequestConfig.Empty),
        HealthCheck = Fill(cluster.HealthCheck ?? new HealthCheckConfig()),
    });

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);

    // Over cleartext HTTP/2 cannot be negotiated: anything but Exact may fall back to 1.1, which gRPC cannot use.
    private static ForwarderRequestConfig Fill(ForwarderRequestConfig request) => request with
    {
        Version = request.Version ?? HttpVersion.Version20,
        VersionPolicy = request.VersionPolicy ?? HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = request.ActivityTimeout ?? PermittedSilence,
    };

    // A dead destination fails at once and so has the least requests: without passive checks it would draw every call.
    private static HealthCheckConfig Fill(HealthCheckConfig health) => health with
    {
        AvailableDestinationsPolicy = health.AvailableDestinationsPolicy ?? ServingDestinations.PolicyName,
        Passive = (health.Passive ?? new PassiveHealthCheckConfig()) with
        {
            Enabled = health.Passive?.Enabled ?? true,
            Policy = health.Passive?.Policy ?? GrpcFailures.PolicyName,
            ReactivationPeriod = health.Passive?.ReactivationPeriod ?? ReactivationPeriod,
        },
    };
}
