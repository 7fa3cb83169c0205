using System.Net;

namespace Cdam.Gateway.Hosting;

/// <summary>An address to listen at, as options give it: <c>http://HOST:PORT</c>.</summary>
internal static class ListenAddress
{
    private const string Localhost = "localhost";

    /// <summary>Whether only this machine reaches it; any host but <c>localhost</c> that is no address is opened on every interface.</summary>
    /// <remarks>Read as Kestrel's binding reads it: <see cref="Uri"/> takes other names, such as <c>loopback</c>, for localhost.</remarks>
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
}
