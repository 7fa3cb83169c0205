using Microsoft.Extensions.Options;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Browsers;

public sealed class CrossOriginTests
{
    private const string Viewer = "https://viewer.example";

    [Theory]
    [InlineData(null, Viewer, null)]
    [InlineData(Viewer, Viewer, Viewer)]
    [InlineData(Viewer, "https://other.example", null)]
    [InlineData("*", "https://other.example", "*")]
    public async Task Preflight_OfAPage_IsGrantedToTheOriginsThatAreNamed(string? permitted, string origin, string? granted)
    {
        await using var gateway = await StartAsync(permitted is null ? [] : [$"--Gateway:Cors:Origins:0={permitted}"]);
        using var client = new HttpClient { BaseAddress = gateway.Http };
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/cdam.v1.ExplainerService/Explain")
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "POST" }, { "Access-Control-Request-Headers", "x-grpc-web,content-type" } },
        };

        using var answer = await client.SendAsync(preflight, Patience);

        Assert.Equal(granted, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
    }

    [Fact]
    public async Task Answer_ToAPage_LetsItReadTheStatus()
    {
        await using var gateway = await StartAsync($"--Gateway:Cors:Origins:0={Viewer}");
        using var client = new HttpClient { BaseAddress = gateway.Http };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models/none") { Headers = { { "Origin", Viewer } } };

        using var answer = await client.SendAsync(request, Patience);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Equal(Viewer, answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("grpc-status-details-bin", answer.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("viewer.example")]
    [InlineData("https://viewer.example/")]
    [InlineData("https://viewer.example/page")]
    public void Origin_ThatIsNone_IsRefusedAtTheStart(string origin)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => GatewayHost.Build([$"--Gateway:Cors:Origins:0={origin}"]));

        Assert.Equal($"Gateway:Cors:Origins ({origin}) must be * or an origin such as https://viewer.example, without path", fault.Message);
    }
}
