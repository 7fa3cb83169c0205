using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Cdam.Telemetry;

/// <summary>The trace of a program that calls hosts: one span for all that it does, exported where OTLP is configured.</summary>
public sealed class ClientTelemetry : IDisposable
{
    private readonly ActivitySource _source;
    private readonly TracerProvider? _provider;
    private readonly Activity? _span;

    /// <param name="program">For example <c>Cdam.Cli</c>.</param>
    /// <param name="work">What the span is called.</param>
    public ClientTelemetry(string program, string work)
    {
        _source = new ActivitySource(program);
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(HostTelemetry.Endpoint)))
        {
            var service = new HostName(program).Service;
            _provider = Sdk.CreateTracerProviderBuilder()
                .ConfigureResource(resource => resource.AddService(service).AddEnvironmentVariableDetector())
                .AddSource(program).AddOtlpExporter().Build();
            _span = _source.StartActivity(work);
        }
    }

    /// <summary>Says how it ended.</summary>
    /// <param name="exitCode">0 for well.</param>
    public void Ended(int exitCode) =>
        _span?.SetTag("process.exit.code", exitCode).SetStatus(exitCode == 0 ? ActivityStatusCode.Unset : ActivityStatusCode.Error);

    /// <summary>Ends the span, and exports what has not been.</summary>
    public void Dispose()
    {
        _span?.Dispose();
        _provider?.Dispose();
        _source.Dispose();
    }
}
