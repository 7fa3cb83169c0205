using System.Globalization;
using Cdam.V1.Errors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Status = Google.Rpc.Status;

namespace Cdam.Evaluator.Hosting;

/// <summary>
/// Adds details to errors that the gRPC framework raises before the service is asked, such as a message over the limit: every
/// failed call carries a google.rpc.Status.
/// </summary>
internal sealed class ErrorDetailsMiddleware(RequestDelegate next, IOptions<EvaluatorOptions> options)
{
    private const string MessageName = "grpc-message";
    private const string DetailsName = "grpc-status-details-bin";

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var trailers = context.Response.HasStarted
            ? context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers
            : context.Response.Headers;
        if (trailers is null or { IsReadOnly: true } || trailers.ContainsKey(DetailsName)
            || !int.TryParse(trailers["grpc-status"], CultureInfo.InvariantCulture, out var code) || code == (int)Code.Ok)
        {
            return;
        }

        var status = Describe((Code)code, Uri.UnescapeDataString(trailers[MessageName].ToString()));
        trailers[MessageName] = Uri.EscapeDataString(status.Message);
        trailers[DetailsName] = Convert.ToBase64String(status.ToByteArray());
    }

    private Status Describe(Code code, string message)
    {
        if (code == Code.ResourceExhausted)
        {
            const string Limit = $"{EvaluatorOptions.Section}:{nameof(EvaluatorOptions.MaxMessageBytes)}";
            return WireStatus.ResourceExhausted(Limit, $"{message} The most is {options.Value.MaxMessageBytes} bytes ({Limit}).", null, "TOO_LARGE");
        }

        var info = new ErrorInfo { Domain = WireStatus.Domain, Reason = code == Code.Unimplemented ? "NO_SUCH_METHOD" : "REFUSED" };
        return new Status { Code = (int)code, Message = message, Details = { Any.Pack(info) } };
    }
}
