using System.Net;
using Cdam.V1.Errors;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Faults;

/// <summary>
/// What a destination's plain HTTP answer to a gRPC call means: something in between, such as an ingress, spoke in its place. The
/// codes are those of gRPC's http-grpc-status-mapping, but for 408, 413, 429 and 504, of which that has only a guess.
/// </summary>
internal static class HttpCodeFault
{
    private const string Reason = "NOT_GRPC";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    internal static Status ToStatus(HttpResponseMessage answer, string cluster)
    {
        var message = $"A destination of cluster '{cluster}' answered HTTP {(int)answer.StatusCode} and no gRPC.";
        return answer.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => WireStatus.ResourceExhausted(cluster, message, DelayOf(answer), "TOO_MANY_REQUESTS"),
            HttpStatusCode.RequestEntityTooLarge => WireStatus.ResourceExhausted(cluster, message, null, "TOO_LARGE"),
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable => WireStatus.Unavailable(message, DelayOf(answer), Reason),
            HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout => WireStatus.DeadlineExceeded(message),
            HttpStatusCode.Unauthorized => Plain(Code.Unauthenticated, message),
            HttpStatusCode.Forbidden => Plain(Code.PermissionDenied, message),
            HttpStatusCode.NotFound => Plain(Code.Unimplemented, message),
            HttpStatusCode.BadRequest => WireStatus.Internal(message, Reason),
            _ => Plain(Code.Unknown, message),
        };
    }

    private static TimeSpan DelayOf(HttpResponseMessage answer) => answer.Headers.RetryAfter?.Delta ?? RetryAfter;

    private static Status Plain(Code code, string message)
    {
        var info = new ErrorInfo { Domain = WireStatus.Domain, Reason = Reason };
        return new Status { Code = (int)code, Message = message, Details = { Any.Pack(info) } };
    }
}
