using System.Globalization;
using Cdam.Gateway.Faults;
using Cdam.V1.Errors;
using Google.Protobuf;
using Microsoft.AspNetCore.Http.Features;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.InProcess;

/// <summary>
/// Makes a gRPC call of a request that came in another form. It takes the rest of the pipeline as if a client had sent it, from the same
/// connection and with the same identity: whatever holds for gRPC calls holds for it.
/// </summary>
internal static class InnerCall
{
    /// <summary>Sends a message and hands on the answers as they come.</summary>
    /// <param name="outer">The request that is being answered.</param>
    /// <param name="next">The rest of the pipeline.</param>
    /// <param name="path"><c>/package.Service/Method</c>.</param>
    /// <param name="message">The call's only message.</param>
    /// <param name="take">Each message of the answer with the answer's headers; valid until the returned task ends.</param>
    /// <returns>How the call ended, and its headers.</returns>
    internal static async Task<(Status Status, IHeaderDictionary Headers)> SendAsync(
        HttpContext outer, RequestDelegate next, string path, IMessage message, Func<ReadOnlyMemory<byte>, IHeaderDictionary, Task> take)
    {
        var response = new InnerResponse();
        await using var body = new InnerBody(response, bytes => take(bytes, response.Headers));
        var features = new FeatureCollection(outer.Features);
        features.Set<IServiceProvidersFeature>(new ServiceProvidersFeature { RequestServices = outer.RequestServices });
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseTrailersFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = outer.RequestAborted });
        features.Set<IHttpResetFeature>(new HeldReset());
        InnerRequest.Set(features, outer.Request, path, message);

        var inner = new DefaultHttpContext(features);
        await next(inner);
        await inner.Response.CompleteAsync();
        await response.CompleteAsync();
        return (StatusOf(response, path), response.Headers);
    }

    private static Status StatusOf(InnerResponse response, string path)
    {
        var headers = response.Trailers.ContainsKey("grpc-status") ? response.Trailers : response.Headers;
        if (!int.TryParse(headers["grpc-status"], NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return WireStatus.Internal($"{path} was answered with HTTP {response.StatusCode} and no gRPC.", "NOT_GRPC");
        }

        var status = Details(headers["grpc-status-details-bin"].ToString()) ?? new Status { Message = Uri.UnescapeDataString(headers["grpc-message"].ToString()) };
        status.Code = code;
        return status;
    }

    /// <returns>Null where there are none, or none that can be read.</returns>
    private static Status? Details(string header)
    {
        try
        {
            // Senders may leave the padding out.
            return header.Length == 0 ? null : Status.Parser.ParseFrom(Convert.FromBase64String(header.PadRight((header.Length + 3) / 4 * 4, '=')));
        }
        catch (Exception fault) when (fault is FormatException or InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
