using System.Net;
using Cdam.Gateway.Tests.Destinations;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Readiness;

public sealed class HealthPageTests
{
    [Fact]
    public async Task Pages_WithoutDestination_AreLiveButNotReady()
    {
        await using var gateway = await StartWithoutDestinationAsync();

        Assert.Equal((HttpStatusCode.OK, "Healthy"), await GetAsync(gateway, "/healthz/live"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await GetAsync(gateway, "/healthz/ready"));
    }

    [Fact]
    public async Task Ready_OnceAnExplainerServes_IsHealthy()
    {
        await using var gateway = await StartAsync();

        Assert.Equal((HttpStatusCode.OK, "Healthy"), await GetAsync(gateway, "/healthz/ready"));
    }

    [Fact]
    public async Task Ready_WhileTheExplainerWarmsUp_IsNotYet()
    {
        await using var explainer = await Destination.StartAsync();
        explainer.Health.IsDraining = true;
        await using var gateway = await StartPoolsAsync([("explainers", explainer)]);
        await gateway.RefreshAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await GetAsync(gateway, "/healthz/ready"));

        explainer.Health.IsDraining = false;

        await Eventually.HoldsAsync(async () => (await GetAsync(gateway, "/healthz/ready")).Code == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Gateway_WithoutHttpAddress_ListensForGrpcOnly()
    {
        await using var gateway = await StartAsync(null, ["--Gateway:ListenHttp="]);

        Assert.Single(gateway.App.Urls);
    }

    private static async Task<(HttpStatusCode Code, string Text)> GetAsync(GatewayFixture gateway, string path)
    {
        using var client = new HttpClient { BaseAddress = gateway.Http };
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Patience);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Patience));
    }
}
