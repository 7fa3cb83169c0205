using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Cdam.Gateway.Readiness;

/// <summary>Health for probes that speak plain HTTP: 200 or 503.</summary>
internal static class HealthPages
{
    internal static void Map(WebApplication app)
    {
        app.MapHealthChecks("/healthz/live", Of(ServiceHealth.Itself));

        // As grpc.health.v1 says of the explainers' service: there is somewhere to send a call to.
        app.MapHealthChecks("/healthz/ready", Of(ServiceHealth.Explainer));
    }

    private static HealthCheckOptions Of(string name) => new() { Predicate = check => check.Name == name };
}
