using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Http.Features;

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

    /// <summary>Writes the status as trailers; before the first byte of the answer these are its only headers ("Trailers-Only").</summary>
    internal static void End(HttpResponse response, Google.Rpc.Status status)
    {
        if (response.HasStarted)
        {
            Write(status, (name, value) => response.AppendTrailer(name, value));
            return;
        }

        response.Clear();
        response.ContentType = "application/grpc";
        Write(status, (name, value) => response.Headers[name] = value);
    }

    private static void Write(Google.Rpc.Status status, Action<string, string> write)
    {
        write(StatusName, status.Code.ToString(CultureInfo.InvariantCulture));

        // The message is percent-encoded UTF-8 by gRPC's rule; escaping more than it asks for is permitted.
        write("grpc-message", Uri.EscapeDataString(status.Message));
        write("grpc-status-details-bin", Convert.ToBase64String(status.ToByteArray()));
    }
}
