using System.Net;
using Cdam.Gateway.Retrying;
using Cdam.Gateway.Routing;
using Google.Rpc;
using Yarp.ReverseProxy.Transforms;

namespace Cdam.Gateway.Faults;

/// <summary>Looks at the headers of a destination's answer before anything of it reaches the client.</summary>
internal static class DestinationAnswer
{
    internal static async ValueTask InspectAsync(ResponseTransformContext transform)
    {
        var context = transform.HttpContext;
        if (transform.ProxyResponse is not { } answer || !GrpcCall.Is(context))
        {
            return;
        }

        var attempt = context.Features.Get<CallAttempt>();
        if (!IsGrpc(answer))
        {
            var status = HttpCodeFault.ToStatus(answer, context.GetReverseProxyFeature().Cluster.Config.ClusterId);
            CallFault.Of(context).Status = status;
            HoldBack(transform, status.Code == (int)Code.Unavailable ? attempt : null);
        }
        else if (attempt is not null && GrpcCall.StatusOf(answer.Headers) == Code.Unavailable)
        {
            HoldBack(transform, attempt);
        }
        else if (GrpcCall.StatusOf(answer.Headers) is null && !IdempotentCalls.Contains(CallPath.MethodOf(context)))
        {
            // The forwarder would keep the headers until the first message: a client that waits for them before it sends would never go on.
            await context.Response.Body.FlushAsync(transform.CancellationToken);
        }
    }

    private static void HoldBack(ResponseTransformContext transform, CallAttempt? attempt)
    {
        transform.SuppressResponseBody = true;
        attempt?.IsRefused = true;
    }

    private static bool IsGrpc(HttpResponseMessage answer) => answer.StatusCode == HttpStatusCode.OK
        && answer.Content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;
}
