using System.Globalization;
using Cdam.Explainer.Configuration;
using Cdam.Explainer.Wire;
using Cdam.V1.Errors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using HttpResponse = Microsoft.AspNetCore.Http.HttpResponse;
using Status = Google.Rpc.Status;

namespace Cdam.Explainer.Hosting;

/// <summary>
/// Adds details to failures that the framework reports before any service or interceptor is asked: a message above the limit, an
/// unknown method. The contract promises an ErrorInfo with every failed call.
/// </summary>
internal static class MissingDetails
{
    private const string StatusName = "grpc-status";
    private const string MessageName = "grpc-message";
    private const string DetailsName = "grpc-status-details-bin";

    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (Destination(context.Response) is { } headers
            && !headers.ContainsKey(DetailsName)
            && int.TryParse(headers[StatusName], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code != (int)StatusCode.OK)
        {
            var options = context.RequestServices.GetRequiredService<ExplainerOptions>();
            var status = Describe((StatusCode)code, Uri.UnescapeDataString(headers[MessageName].ToString()), options);
            headers[MessageName] = Uri.EscapeDataString(status.Message);
            headers[DetailsName] = Convert.ToBase64String(status.ToByteArray());
        }
    }

    /// <summary>Where the framework put the status: among the headers if there was no answer before it.</summary>
    private static IHeaderDictionary? Destination(HttpResponse response)
    {
        if (!response.HasStarted && response.Headers.ContainsKey(StatusName))
        {
            return response.Headers;
        }

        var trailers = response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        return trailers is { IsReadOnly: false } && trailers.ContainsKey(StatusName) ? trailers : null;
    }

    private static Status Describe(StatusCode code, string message, ExplainerOptions options)
    {
        if (code == StatusCode.ResourceExhausted)
        {
            var detail = $"{message} The most is {options.MaxMessageBytes} bytes ({ExplainerOptions.Section}:{nameof(options.MaxMessageBytes)}).";
            return FaultStatus.Of(new RpcException(new Grpc.Core.Status(code, detail)));
        }

        var info = new ErrorInfo { Domain = WireStatus.Domain, Reason = code == StatusCode.Unimplemented ? "UNIMPLEMENTED" : "CALL_FAILED" };
        return new Status { Code = (int)code, Message = message, Details = { Any.Pack(info) } };
    }
}
