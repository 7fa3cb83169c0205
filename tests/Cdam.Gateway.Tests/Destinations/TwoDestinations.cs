using Cdam.V1;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Cdam.Gateway.Tests.Destinations;

/// <summary>One pool of two destinations, of which the first is chosen while both are idle.</summary>
internal sealed class TwoDestinations : IAsyncDisposable
{
    private TwoDestinations(Destination first, Destination second, GatewayFixture gateway) => (First, Second, Gateway) = (first, second, gateway);

    public Destination First { get; }

    public Destination Second { get; }

    public GatewayFixture Gateway { get; }

    /// <param name="args">Settings of the gateway; without them it asks its destinations at the start only.</param>
    public static async Task<TwoDestinations> StartAsync(params string[] args)
    {
        var first = await Destination.StartAsync("first", "models/a");
        var second = await Destination.StartAsync("second", "models/a");
        var gateway = await GatewayFixture.StartPoolsAsync(
            [("explainers", first), ("explainers", second)], ["--Gateway:RefreshInterval=01:00:00", .. args]);
        await gateway.RefreshAsync();
        return new TwoDestinations(first, second, gateway);
    }

    /// <summary>The name of the destination that answers.</summary>
    public async Task<string> WhereAsync(ExplainRequest? request = null) =>
        (await Gateway.Client.ExplainAsync(request ?? new ExplainRequest(), cancellationToken: GatewayFixture.Patience)).RequestId;

    /// <summary>How many of the two are left out for their failures; both would be tried all the same.</summary>
    public int LeftOut =>
        Gateway.App.Services.GetRequiredService<IProxyStateLookup>().TryGetCluster("explainers", out var cluster)
            ? cluster.DestinationsState.AllDestinations.Count(destination => destination.Health.Passive == DestinationHealth.Unhealthy)
            : 0;

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }
}
