using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using static Cdam.Gateway.Tests.Access.KeyGateway;

namespace Cdam.Gateway.Tests.Access;

public sealed class OpennessTests
{
    private const string Quiet = "--Logging:LogLevel:Default=None";

    [Theory]
    [InlineData("Listen", "http://0.0.0.0:0")]
    [InlineData("Listen", "http://[::]:0")]
    [InlineData("Listen", "http://192.168.1.2:0")]
    [InlineData("Listen", "http://example.org:0")]
    [InlineData("Listen", "http://loopback:0")] // a name like any other to Kestrel, which then listens everywhere
    [InlineData("Listen", "http://localhost.example.org:0")]
    [InlineData("ListenHttp", "http://0.0.0.0:0")]
    public async Task Build_WithoutAuthenticationOnAPublicAddress_IsRefusedUnlessSaid(string option, string address)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => GatewayHost.Build([$"--Gateway:{option}={address}"]));

        Assert.Equal(
            $"Gateway:{option} ({address}) must be a loopback address while callers prove nothing: "
            + "set Gateway:Access:KeyFile or Gateway:Access:Jwt, or say Gateway:Access:AllowAnonymous=true",
            Assert.Single(fault.Failures));
        await using var open = GatewayHost.Build([$"--Gateway:{option}={address}", "--Gateway:Access:AllowAnonymous=true", Quiet]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://127.8.9.10:0")]
    [InlineData("http://[::1]:0")]
    [InlineData("http://localhost:5000")]
    public async Task Build_WithoutAuthenticationOnLoopback_IsTheDefault(string address)
    {
        await using var open = GatewayHost.Build([$"--Gateway:Listen={address}", Quiet]);
    }

    [Theory]
    [InlineData("Gateway:Access:AllowAnonymous (True) must be false", "--Gateway:Access:AllowAnonymous=true", "--Gateway:Access:KeyFile=/x")]
    [InlineData("Gateway:Access:Jwt:Audience () must be set", "--Gateway:Access:Jwt:Issuer=https://issuer", "--Gateway:Access:Jwt:Jwks=/x")]
    [InlineData("Gateway:Access:Jwt:Jwks (http://issuer/jwks) must be a file or an https address",
        "--Gateway:Access:Jwt:Issuer=i", "--Gateway:Access:Jwt:Audience=a", "--Gateway:Access:Jwt:Jwks=http://issuer/jwks")]
    [InlineData("Gateway:Access:CertificateScopes (explain) must be empty without Gateway:Tls:ClientCaFile", "--Gateway:Access:CertificateScopes:0=explain")]
    [InlineData("Gateway:Access:CertificateScopes (all) must be of explain, evaluate, admin", "--Gateway:Access:CertificateScopes:0=all")]
    [InlineData("KeysFile", "--Gateway:Access:KeysFile=/x")] // an option that does not exist would leave the gateway open
    public void Build_SettingsThatContradict_AreRefused(string message, params string[] args)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => GatewayHost.Build(args));

        Assert.Contains(fault.Failures, failure => failure.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_ThatIsNotGrpc_IsRefusedInHttpsOwnWay()
    {
        var key = Key("ci", "explain");
        await using var system = await StartAsync([key.Line]);
        using var client = new HttpClient { BaseAddress = system.Gateway.Http };
        async Task<(HttpStatusCode Code, string Text, HttpResponseHeaders Headers)> GetAsync(string path, string? text)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = text is null ? null : new AuthenticationHeaderValue("Bearer", text);
            using var answer = await client.SendAsync(request, GatewayFixture.Patience);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
        }

        var stranger = await GetAsync("/v1/anything", null);
        var known = await GetAsync("/v1/anything", key.Key);

        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (stranger.Code, stranger.Headers.WwwAuthenticate.ToString()));
        Assert.Contains("NO_CREDENTIAL", stranger.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, known.Code);
        Assert.Contains("\"code\": 7", known.Text, StringComparison.Ordinal);
        Assert.Contains("SCOPE_MISSING", known.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/healthz/live", null)).Code);
    }
}
