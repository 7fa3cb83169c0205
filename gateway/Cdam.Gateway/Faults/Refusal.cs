using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Microsoft.Net.Http.Headers;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Faults;

/// <summary>Ends a call that the gateway does not let pass, in the way that its client reads: gRPC's status, or HTTP's code with the status as JSON.</summary>
internal static class Refusal
{
    private static readonly JsonFormatter Json = new(new JsonFormatter.Settings(
        formatDefaultValues: false,
        TypeRegistry.FromMessages(ErrorInfo.Descriptor, QuotaFailure.Descriptor, RetryInfo.Descriptor)));

    internal static Task WriteAsync(HttpContext context, Status status)
    {
        if (GrpcCall.Is(context))
        {
            GrpcCall.End(context.Response, status);
            return Task.CompletedTask;
        }

        var response = context.Response;
        response.StatusCode = CodeOf((Code)status.Code);
        if (response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (status.GetDetail<RetryInfo>() is { } retry)
        {
            var seconds = Math.Max(1, Math.Ceiling(retry.RetryDelay.ToTimeSpan().TotalSeconds));
            response.Headers[HeaderNames.RetryAfter] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        response.ContentType = "application/json";
        return response.WriteAsync(Json.Format(status), context.RequestAborted);
    }

    /// <summary>As google/rpc/code.proto maps them.</summary>
    private static int CodeOf(Code code) => code switch
    {
        Code.Unauthenticated => StatusCodes.Status401Unauthorized,
        Code.PermissionDenied => StatusCodes.Status403Forbidden,
        Code.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        Code.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
