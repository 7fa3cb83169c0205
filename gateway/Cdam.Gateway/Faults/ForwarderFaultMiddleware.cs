using Cdam.Gateway.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Cdam.Gateway.Faults;

/// <summary>
/// Answers gRPC clients with a status where the forwarder gives a bare HTTP code or a reset, of which a client can only guess the
/// cause.
/// </summary>
internal sealed partial class ForwarderFaultMiddleware(RequestDelegate next, GatewayMeter meter, ILogger<ForwarderFaultMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!GrpcCall.Is(context))
        {
            await next(context);
            return;
        }

        var own = new CallFault();
        context.Features.Set(own);
        await ForwardAsync(context);
        if (GrpcCall.HasEnded(context))
        {
            return;
        }

        if (own.Status is { } status)
        {
            LogOwn(context.Request.Path, status.Message);
            meter.Faulted(context.GetReverseProxyFeature().Cluster.Config.ClusterId, status);
            GrpcCall.End(context.Response, status);
        }
        else if (context.GetForwarderErrorFeature() is { } fault)
        {
            End(context, fault);
        }
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var reset = context.Features.Get<IHttpResetFeature>();
        context.Features.Set<IHttpResetFeature>(new HeldReset());
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // What was read or awaited for a client that is gone.
            LogClientGone(context.Request.Path);
        }
        finally
        {
            context.Features.Set(reset);
        }
    }

    private void End(HttpContext context, IForwarderErrorFeature fault)
    {
        var proxy = context.GetReverseProxyFeature();
        var cluster = proxy.Cluster.Config.ClusterId;
        var clientGone = context.RequestAborted.IsCancellationRequested;
        if (clientGone)
        {
            LogClientGone(context.Request.Path);
        }
        else
        {
            LogFault(context.Request.Path, cluster, fault.Error, fault.Exception?.GetBaseException().Message);
        }

        var status = ForwarderFault.ToStatus(fault, cluster, clientGone, proxy.AllDestinations.Count);
        meter.Faulted(cluster, status);
        GrpcCall.End(context.Response, status);
    }

    [LoggerMessage(LogLevel.Debug, "{Path}: {Fault}")]
    private partial void LogOwn(PathString path, string fault);

    [LoggerMessage(LogLevel.Debug, "{Path}: the client cancelled the call")]
    private partial void LogClientGone(PathString path);

    [LoggerMessage(LogLevel.Warning, "{Path}: forwarding to cluster {Cluster} failed with {Error}: {Cause}")]
    private partial void LogFault(PathString path, string cluster, ForwarderError error, string? cause);
}
