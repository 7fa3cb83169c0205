using System.Globalization;
using Cdam.Gateway.Hosting;
using Cdam.V1.Errors;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using GrpcCall = Cdam.Gateway.Faults.GrpcCall;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Concepts;

/// <summary>
/// Adds details to what the framework refuses before any service or interceptor is asked: a unary message above the limit, bytes that
/// are no message. The contract promises an ErrorInfo with every failed call.
/// </summary>
internal static class FaultDetails
{
    private const string DetailsName = "grpc-status-details-bin";
    private const string StatusName = "grpc-status";

    /// <summary>The framework's own status, with details.</summary>
    internal static Status Of(StatusCode code, string message)
    {
        if (code == StatusCode.ResourceExhausted)
        {
            return WireStatus.ResourceExhausted(
                $"{GatewayOptions.Section}:{nameof(GatewayOptions.MaxMessageBytes)}", $"{message} (Gateway:MaxMessageBytes)", null, "TOO_LARGE");
        }

        var info = new ErrorInfo { Domain = WireStatus.Domain, Reason = "CALL_FAILED" };
        return new Status { Code = (int)code, Message = message, Details = { Any.Pack(info) } };
    }

    internal static async Task AddAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var headers = context.Response.Headers;
        if (!context.Response.HasStarted
            && !headers.ContainsKey(DetailsName)
            && int.TryParse(headers[StatusName], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code != (int)StatusCode.OK)
        {
            GrpcCall.End(context.Response, Of((StatusCode)code, Uri.UnescapeDataString(headers["grpc-message"].ToString())));
        }
    }
}
