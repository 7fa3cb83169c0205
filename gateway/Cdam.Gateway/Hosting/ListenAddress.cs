using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Cdam.Gateway.Hosting;

/// <summary>An address to listen at, as options give it: <c>http://HOST:PORT</c>.</summary>
internal static class ListenAddress
{
    /// <summary>Opens it: <c>localhost</c> on both loopbacks, an IP address on its own, any other host on every interface.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="address">Absolute; port 0 lets the system choose, except for <c>localhost</c>.</param>
    /// <param name="endpoint">Sets the endpoint up.</param>
    internal static void Open(KestrelServerOptions kestrel, string address, Action<ListenOptions> endpoint)
    {
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
}
