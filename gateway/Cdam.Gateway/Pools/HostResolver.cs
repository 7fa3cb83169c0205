using System.Net;
using System.Net.Sockets;
using Cdam.Gateway.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Cdam.Gateway.Pools;

/// <summary>
/// Makes each address behind a host name a destination, anew every <see cref="GatewayOptions.DnsRefresh"/>: the pods of a headless
/// service. YARP's own resolver fails the whole start where one name has no address yet, as a service without ready pods does not.
/// </summary>
internal sealed partial class HostResolver(IOptions<GatewayOptions> options, ILogger<HostResolver> logger) : IDestinationResolver
{
    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(destinations.Select(entry => ResolveAsync(entry.Key, entry.Value, cancellationToken)));

        // The source outlives this method: its timer is what asks for the next time.
        var refresh = options.Value.DnsRefresh is { } period ? new CancellationTokenSource(period) : null;
        return new ResolvedDestinationCollection(
            found.SelectMany(pairs => pairs).ToDictionary(pair => pair.Name, pair => pair.Config),
            refresh is null ? null : new CancellationChangeToken(refresh.Token));
    }

    private async Task<IEnumerable<(string Name, DestinationConfig Config)>> ResolveAsync(
        string name, DestinationConfig destination, CancellationToken cancellation)
    {
        var address = new Uri(destination.Address);
        if (options.Value.DnsRefresh is null || address.HostNameType != UriHostNameType.Dns)
        {
            return [(name, destination)];
        }

        try
        {
            var hosts = await Dns.GetHostAddressesAsync(address.DnsSafeHost, cancellation);
            return hosts.Distinct().Select(host => ($"{name}[{host}]", At(destination, address, host))).ToList();
        }
        catch (SocketException fault)
        {
            LogUnresolved(address.DnsSafeHost, fault.Message);
            return [];
        }
    }

    private static DestinationConfig At(DestinationConfig destination, Uri address, IPAddress host) => destination with
    {
        Address = new UriBuilder(address) { Host = host.ToString() }.Uri.ToString(),
        Host = destination.Host ?? address.Authority,
    };

    [LoggerMessage(LogLevel.Warning, "host {Host} has no address now: {Fault}")]
    private partial void LogUnresolved(string host, string fault);
}
