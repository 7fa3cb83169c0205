using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cdam.Telemetry.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Cdam.Telemetry.Calls;

/// <summary>Measures each gRPC call that comes in, and completes its span: ASP.NET Core knows only that it is a POST which was answered.</summary>
internal sealed class CallMeasurement(RequestDelegate next, HostMeter meter, RpcMethods methods)
{
    private const string Status = "grpc-status";
    private readonly Histogram<double> _durations = meter.Value.Histogram(StandardMetrics.RpcServerCallDuration);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
        {
            await next(context);
            return;
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            Record(context, Stopwatch.GetElapsedTime(started));
        }
    }

    private void Record(HttpContext context, TimeSpan duration)
    {
        var span = context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } activity ? activity : null;
        if (!_durations.Enabled && span is null)
        {
            return;
        }

        var (method, status) = (methods.Name(context.Request.Path.Value), StatusOf(context));
        _durations.Record(
            duration.TotalSeconds, new("rpc.system.name", "grpc"), new("rpc.method", method), new("rpc.response.status_code", status));
        if (span is not null)
        {
            span.DisplayName = method;
            span.SetTag("rpc.system.name", "grpc").SetTag("rpc.method", method).SetTag("rpc.response.status_code", status);
            span.SetStatus(StatusName.IsServerFault(status) ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }
    }

    /// <summary>A call whose client has gone has no status that anybody was sent.</summary>
    private static string StatusOf(HttpContext context) =>
        StatusName.Parse(context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers[Status])
        ?? StatusName.Parse(context.Response.Headers[Status])
        ?? (context.RequestAborted.IsCancellationRequested ? StatusName.Of(1) : StatusName.Of(2));
}
