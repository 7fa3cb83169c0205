using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Cdam.Telemetry.Http;

/// <summary>
/// The address for what is not gRPC. Without TLS nothing is negotiated and a port speaks one version of HTTP, so Prometheus and probes
/// need one of their own; requests that came by it are told from others by this feature of their connection.
/// </summary>
public sealed class HttpAddress
{
    private HttpAddress()
    {
    }

    /// <summary>Opens an address, in the order of calls that <c>WebApplication.Urls</c> then has.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="address">
    /// <c>http://HOST:PORT</c>: <c>localhost</c> on both loopbacks, an IP address on its own, any other host on every interface; port 0
    /// lets the system choose, except for <c>localhost</c>.
    /// </param>
    /// <param name="endpoint">Sets the endpoint up.</param>
    public static void Open(KestrelServerOptions kestrel, string address, Action<ListenOptions> endpoint)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        var parts = BindingAddress.Parse(address);
        if (string.Equals(parts.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            kestrel.ListenLocalhost(parts.Port, endpoint);
        }
        else if (IPAddress.TryParse(parts.Host, out var host))
        {
            kestrel.Listen(host, parts.Port, endpoint);
        }
        else
        {
            kestrel.ListenAnyIP(parts.Port, endpoint);
        }
    }

    /// <summary>Opens the address of gRPC, and that for everything else unless it is empty.</summary>
    public static void Open(KestrelServerOptions kestrel, string grpc, string http)
    {
        ArgumentException.ThrowIfNullOrEmpty(grpc);
        Open(kestrel, grpc, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        if (!string.IsNullOrEmpty(http))
        {
            Open(kestrel, http, Mark);
        }
    }

    /// <summary>Makes an endpoint one for what is not gRPC.</summary>
    public static void Mark(ListenOptions endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.Protocols = HttpProtocols.Http1;
        endpoint.Use(next => connection =>
        {
            connection.Features.Set(new HttpAddress());
            return next(connection);
        });
    }

    /// <summary>Whether a request came by it.</summary>
    public static bool Took(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<HttpAddress>() is not null;
    }
}
