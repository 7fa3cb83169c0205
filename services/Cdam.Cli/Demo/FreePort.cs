using System.Net;
using System.Net.Sockets;

namespace Cdam.Cli.Demo;

/// <summary>A loopback port that is free now: the evaluator must know the gateway's before the gateway, which must know the evaluator's, starts.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
