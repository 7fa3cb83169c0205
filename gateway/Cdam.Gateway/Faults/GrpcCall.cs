using System.Globalization;
using System.Net.Http.Headers;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.AspNetCore.Http.Features;
using HttpResponse = Microsoft.AspNetCore.Http.HttpResponse;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Faults;

/// <summary>Ends a gRPC call with a status of the gateway's own.</summary>
internal static class GrpcCall
{
    private const string StatusName = "grpc-status";

    internal static bool Is(HttpContext context) =>
        context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>True where the destination's own status went out: what failed afterwards is of no interest to the client.</summary>
    internal static bool HasEnded(HttpContext context) => context.Response.HasStarted
        && (context.Response.Headers.ContainsKey(StatusName)
            || context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers.ContainsKey(StatusName) == true);

    /// <summary>The status among a destination's headers: it has one there where it answers nothing else.</summary>
    internal static Code? StatusOf(HttpResponseHeaders headers) =>
        headers.TryGetValues(StatusName, out var values) ? Parse(values.FirstOrDefault()) : null;

    /// <summary>The status that the destination ended the call with; null where there is none yet.</summary>
    internal static Code? StatusOf(HttpContext context) =>
        Parse(context.Response.Headers[StatusName]) ?? Parse(context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers[StatusName]);

    /// <summary>Writes the status as trailers; before the first byte of the answer these are its only headers ("Trailers-Only").</summary>
    internal static void End(HttpResponse response, Status status)
    {
        if (response.HasStarted)
        {
            Write(status, (name, value) => response.AppendTrailer(name, value));
            return;
        }

        response.Clear();
        response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers.Clear();
        response.ContentType = "application/grpc";
        Write(status, (name, value) => response.Headers[name] = value);
    }

    private static Code? Parse(string? status) =>
        int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? (Code)code : null;

    private static void Write(Status status, Action<string, string> write)
    {
        write(StatusName, status.Code.ToString(CultureInfo.InvariantCulture));

        // The message is percent-encoded UTF-8 by gRPC's rule; escaping more than it asks for is permitted.
        write("grpc-message", Uri.EscapeDataString(status.Message));
        write("grpc-status-details-bin", Convert.ToBase64String(status.ToByteArray()));
    }
}
