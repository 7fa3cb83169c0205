using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cdam.Telemetry.Http;

/// <summary>What is served at a host's <see cref="HttpAddress"/>.</summary>
public static class HttpPages
{
    private const string Metrics = "/metrics";

    /// <summary><c>/metrics</c>, and nothing else.</summary>
    /// <param name="app">A host whose telemetry is scraped.</param>
    public static void MapMetrics(WebApplication app) =>
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context => HttpAddress.Took(context) && context.Request.Path == Metrics);

    /// <summary><c>/metrics</c>, <c>/healthz/live</c> and <c>/healthz/ready</c>; nothing of the host's own is served there.</summary>
    /// <param name="app">A host whose telemetry is scraped.</param>
    /// <param name="isReady">Whether calls can be sent to it.</param>
    public static void Map(WebApplication app, Func<HttpContext, Task<bool>> isReady)
    {
        MapMetrics(app);
        app.MapWhen(HttpAddress.Took, pages => pages.Run(context => AnswerAsync(context, isReady)));
    }

    private static async Task AnswerAsync(HttpContext context, Func<HttpContext, Task<bool>> isReady)
    {
        var healthy = context.Request.Path.Value switch
        {
            "/healthz/live" => true,
            "/healthz/ready" => await isReady(context),
            _ => (bool?)null,
        };
        context.Response.StatusCode = healthy switch
        {
            null => StatusCodes.Status404NotFound,
            true => StatusCodes.Status200OK,
            false => StatusCodes.Status503ServiceUnavailable,
        };
        if (healthy is { } isHealthy)
        {
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(isHealthy ? "Healthy" : "Unhealthy");
        }
    }
}
