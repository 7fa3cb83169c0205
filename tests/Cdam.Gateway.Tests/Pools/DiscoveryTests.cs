using Cdam.Gateway.Hosting;
using Cdam.Gateway.Pools;
using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Pools;

public sealed class DiscoveryTests
{
    [Fact]
    public async Task Host_WhoseAddressesChange_IsFollowedWithoutRestart()
    {
        await using var first = await Destination.StartAsync("first");
        await using var second = await Destination.StartAsync("second");
        var names = new Names { Addresses = [] };
        await using var gateway = await StartAsync(
            null, ["--ReverseProxy:Clusters:explainers:Destinations:pods:Address=http://pods:8001"],
            services => services.AddSingleton<IDestinationResolver>(names));
        await Assert.ThrowsAsync<RpcException>(() => WhereAsync(gateway));

        names.Change(first.Address);
        await WaitForAsync(gateway, "first");
        using var stream = gateway.Client.ExplainStream(cancellationToken: Patience);
        Assert.True(await stream.ResponseStream.MoveNext());
        names.Change(second.Address);
        await WaitForAsync(gateway, "second");

        // What has begun at an address that is gone goes on there.
        await stream.RequestStream.WriteAsync(new ExplainStreamRequest { Id = "1" });
        Assert.True(await stream.ResponseStream.MoveNext());
        Assert.Equal("first", stream.ResponseStream.Current.Result.RequestId);
        Assert.Equal("second", await WhereAsync(gateway));
    }

    [Fact]
    public async Task Resolver_OfHostNames_GivesADestinationForEachAddress()
    {
        var found = await ResolveAsync(TimeSpan.FromHours(1), "http://localhost:8001", "http://10.1.2.3:8001", "http://nowhere.invalid:1");

        var addresses = found.Destinations.ToDictionary(entry => entry.Key, entry => entry.Value.Address);
        Assert.Equal("http://10.1.2.3:8001", addresses["d1"]);
        Assert.Contains(addresses, entry => entry.Key.StartsWith("d0[", StringComparison.Ordinal) && entry.Value.EndsWith(":8001/", StringComparison.Ordinal));
        Assert.DoesNotContain(addresses.Keys, name => name.StartsWith("d2", StringComparison.Ordinal));
        Assert.Equal("localhost:8001", found.Destinations.First(entry => entry.Key.StartsWith("d0[", StringComparison.Ordinal)).Value.Host);
        Assert.NotNull(found.ChangeToken);
    }

    [Fact]
    public async Task Resolver_ThatIsOff_LeavesHostNamesAsTheyAre()
    {
        var found = await ResolveAsync(null, "http://localhost:8001");

        Assert.Equal("http://localhost:8001", found.Destinations["d0"].Address);
        Assert.Null(found.ChangeToken);
    }

    private static async Task<ResolvedDestinationCollection> ResolveAsync(TimeSpan? refresh, params string[] addresses)
    {
        var resolver = new HostResolver(Options.Create(new GatewayOptions { DnsRefresh = refresh }), NullLogger<HostResolver>.Instance);
        var destinations = addresses.Index().ToDictionary(entry => $"d{entry.Index}", entry => new DestinationConfig { Address = entry.Item });
        return await resolver.ResolveDestinationsAsync(destinations, Patience);
    }

    private static async Task<string> WhereAsync(GatewayFixture gateway) =>
        (await gateway.Client.ExplainAsync(new ExplainRequest(), cancellationToken: Patience)).RequestId;

    private static async Task WaitForAsync(GatewayFixture gateway, string destination)
    {
        var patience = Patience;
        while (true)
        {
            try
            {
                if (await WhereAsync(gateway) == destination)
                {
                    return;
                }
            }
            catch (RpcException)
            {
                // The change is not there yet.
            }

            await Task.Delay(10, patience);
        }
    }

    /// <summary>A name service whose answers the test decides.</summary>
    private sealed class Names : IDestinationResolver
    {
        private ConfigurationReloadToken _changed = new();

        public IReadOnlyList<string> Addresses { get; set; } = [];

        public void Change(params string[] addresses)
        {
            Addresses = addresses;
            Interlocked.Exchange(ref _changed, new ConfigurationReloadToken()).OnReload();
        }

        public ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
            IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken) =>
            new(new ResolvedDestinationCollection(
                Addresses.ToDictionary(address => $"pods[{address}]", address => new DestinationConfig { Address = address }),
                _changed));
    }
}
