using Cdam.Gateway.Faults;
using Google.Rpc;
using Microsoft.AspNetCore.Http.Features;

namespace Cdam.Gateway.Telemetry;

/// <summary>Counts each call that is forwarded, by the pool that it went to and the status that its client was sent. Around all that may end one.</summary>
internal sealed class ForwardedCallMiddleware(RequestDelegate next, GatewayMeter meter)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!GrpcCall.Is(context))
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            // Only now: the model decides where it goes.
            var pool = context.GetReverseProxyFeature().Cluster.Config.ClusterId;
            meter.Ended(pool, GrpcCall.StatusOf(context) ?? (context.RequestAborted.IsCancellationRequested ? Code.Cancelled : Code.Unknown));
            context.Features.Get<IHttpActivityFeature>()?.Activity.SetTag("cdam.pool", pool);
        }
    }
}
