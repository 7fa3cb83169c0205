using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Cdam.Gateway.Hosting;

/// <summary>An address to listen at, as options give it: <c>http://HOST:PORT</c>.</summary>
internal static class ListenAddress
{
    private const string Localhost = "localhost";

    /// <summary>Whether only this machine reaches it; any host but <c>localhost</c> that is no address is opened on every interface.</summary>
    /// <remarks>Read as <see cref="Open"/> reads it: <see cref="Uri"/> takes other names, such as <c>loopback</c>, for localhost.</remarks>
    internal static bool IsLoopback(string address)
    {
        try
        {
            var host = BindingAddress.Parse(address).Host;
            return string.Equals(host, Localhost, StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(host, out var number) && IPAddress.IsLoopback(number));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Opens it: <c>localhost</c> on both loopbacks, an IP address on its own, any other host on every interface.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="address">Absolute; port 0 lets the system choose, except for <c>localhost</c>.</param>
    /// <param name="endpoint">Sets the endpoint up.</param>
    internal static void Open(KestrelServerOptions kestrel, string address, Action<ListenOptions> endpoint)
    {
        var parts = BindingAddress.Parse(address);
        if (string.Equals(parts.Host, Localhost, StringComparison.OrdinalIgnoreCase))
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
