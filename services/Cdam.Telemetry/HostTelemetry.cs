using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cdam.Telemetry.Calls;
using Cdam.Telemetry.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using RpcService = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Cdam.Telemetry;

/// <summary>
/// A host's traces, metrics and logs. Several hosts of one process keep theirs apart: each has its own source of spans, of which the
/// server's spans are too, and takes up only meters that are its own or the whole process's.
/// </summary>
public static class HostTelemetry
{
    /// <summary>The standard variable; while it is not set nothing is exported, and no span is made for export.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Registers what the host's instruments need, and providers only where somebody takes what they collect.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="configuration">Environment and command line, with OpenTelemetry's standard variables.</param>
    /// <param name="host">For example <c>Cdam.Gateway</c>.</param>
    /// <param name="isScraped">Whether <c>/metrics</c> is served.</param>
    /// <param name="rpc">The services of the host, or behind it: only their methods are told apart.</param>
    public static void Add(
        IServiceCollection services, IConfiguration configuration, string host, bool isScraped, IEnumerable<RpcService> rpc)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var name = new HostName(host);
        services.AddSingleton(name).AddSingleton<HostMeter>().AddSingleton(new RpcMethods(rpc));

        // In the place of the one that servers of all hosts would share.
        services.AddSingleton(_ => new ActivitySource(host));
        var isExported = !string.IsNullOrEmpty(configuration[Endpoint]);
        if (!isScraped && !isExported)
        {
            return;
        }

        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => Describe(resource, name)).WithMetrics(metrics =>
        {
            metrics.AddMeter([host, .. StandardMetrics.Meters]);
            if (isScraped)
            {
                // Each answer is of now: an answer kept for a while would lack what was done meanwhile.
                metrics.AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0);
            }
        });
        services.ConfigureOpenTelemetryMeterProvider((provider, metrics) => KeepOwn(metrics, provider.GetRequiredService<IMeterFactory>()));
        if (isExported)
        {
            // The server's spans get the standard attributes of HTTP.
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
            telemetry.WithTracing(tracing => tracing.AddSource(host)).UseOtlpExporter();
        }
    }

    /// <summary>Measures calls; before everything that may answer one.</summary>
    public static void UseCalls(WebApplication app) => app.UseMiddleware<CallMeasurement>();

    private static void Describe(ResourceBuilder resource, HostName name) => resource
        .AddService(name.Service, serviceVersion: typeof(HostTelemetry).Assembly.GetName().Version?.ToString(3))
        .AddEnvironmentVariableDetector();

    private static void KeepOwn(MeterProviderBuilder metrics, IMeterFactory own) => metrics.AddView(instrument =>
        instrument.Meter.Scope is IMeterFactory scope && scope != own ? MetricStreamConfiguration.Drop : null);
}
