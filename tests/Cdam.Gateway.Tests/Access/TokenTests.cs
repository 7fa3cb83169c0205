using Cdam.Gateway.Access;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using static Cdam.Gateway.Tests.Access.KeyGateway;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Access;

public sealed class TokenTests
{
    private static readonly RsaSecurityKey Foreign = Issuer.NewKey("one");

    public static TheoryData<string, Func<Issuer, string>> Refused => new()
    {
        { "is of another issuer", issuer => issuer.Token(token => token.Issuer = "https://other.example") },
        { "is for another audience", issuer => issuer.Token(token => token.Audience = "mail") },
        { "is expired", issuer => issuer.Token(token => token.Expires = DateTime.UtcNow.AddSeconds(-31)) },
        { "is not valid yet", issuer => issuer.Token(token => token.NotBefore = DateTime.UtcNow.AddMinutes(10)) },
        { "has no end (exp)", issuer => issuer.Token(token => token.Expires = null) },
        { "has no signature of the issuer", issuer => issuer.Token(token => token.SigningCredentials = null) },
        { "has no signature of the issuer", issuer => issuer.Token(token => token.SigningCredentials = new(Foreign, SecurityAlgorithms.RsaSha256)) },
        { "names a key (kid)", issuer => issuer.Token(token => token.SigningCredentials = new(Issuer.NewKey("two"), SecurityAlgorithms.RsaSha256)) },
        { "must have a subject (sub)", issuer => issuer.Token(subject: "") },
        { "must have a subject (sub)", issuer => issuer.Token(subject: new string('x', 129)) },
        { "", issuer => issuer.Token(token => token.SigningCredentials = Symmetric(issuer)) },
        { "", issuer => issuer.Token()[..^5] },
        { "", _ => "e30.e30.e30" },
        { "cannot be read", _ => "not.a.token" },
        { "is neither", _ => new string('e', 10_000) },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Token_ThatIsNotRight_IsUnauthenticated(string why, Func<Issuer, string> token)
    {
        await using var issuer = await Issuer.StartAsync();
        await using var gateway = await StartAsync(issuer.JwksAddress);

        var fault = await FailAsync(gateway, token(issuer));

        Assert.True(fault.StatusCode == StatusCode.Unauthenticated, fault.ToString());
        Assert.Equal("TOKEN_INVALID", fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
        Assert.Contains(why, fault.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(0, gateway.Destination.Explainer.Calls);
    }

    public static TheoryData<string, StatusCode, Func<Issuer, string>> Scopes => new()
    {
        { "one text", StatusCode.OK, issuer => issuer.Token() },
        { "a list", StatusCode.OK, issuer => issuer.Token(scope: new[] { "evaluate", "explain" }) },
        { "scp", StatusCode.OK, issuer => issuer.Token(token => token.Claims["scp"] = new[] { "explain" }, scope: "openid") },
        { "another scope", StatusCode.PermissionDenied, issuer => issuer.Token(scope: "evaluate") },
        { "part of a name", StatusCode.PermissionDenied, issuer => issuer.Token(scope: "explain:read EXPLAIN explainer") },
        { "another claim", StatusCode.PermissionDenied, issuer => issuer.Token(token => token.Claims["roles"] = new[] { "explain" }, scope: "openid") },
        { "none", StatusCode.PermissionDenied, issuer => issuer.Token(scope: "") },
    };

    [Theory]
    [MemberData(nameof(Scopes), DisableDiscoveryEnumeration = true)]
    public async Task Token_OfTheIssuer_OpensWhatItsScopesSay(string form, StatusCode expected, Func<Issuer, string> token)
    {
        await using var issuer = await Issuer.StartAsync();
        await using var gateway = await StartAsync(issuer.JwksAddress);

        Assert.True(await StatusAsync(gateway, token(issuer)) == expected, form);
    }

    [Fact]
    public async Task KeyOfTheIssuer_ThatIsNew_IsReadWhenATokenNamesIt()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var gateway = await StartAsync(issuer.JwksAddress, "--Gateway:Access:Jwt:Refresh=1.00:00:00");
        var old = issuer.Token();
        Assert.Equal(StatusCode.OK, await StatusAsync(gateway, old));

        issuer.Key = Issuer.NewKey("two");

        Assert.Equal(StatusCode.OK, await StatusAsync(gateway, issuer.Token()));
        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(gateway, old));
    }

    [Fact]
    public async Task KeyOfTheIssuer_ThatIsWithdrawn_IsRefusedThoughNoTokenNamesAnother()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var gateway = await StartAsync(issuer.JwksAddress, "--Gateway:Access:Jwt:Refresh=00:00:01");
        var old = issuer.Token();
        Assert.Equal(StatusCode.OK, await StatusAsync(gateway, old));

        issuer.Key = Issuer.NewKey("two");

        await Eventually.HoldsAsync(async () => await StatusAsync(gateway, old) == StatusCode.Unauthenticated);
    }

    [Fact]
    public async Task Issuer_OfManyTokensWithUnknownKeys_IsNotAskedForEach()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var gateway = await GatewayFixture.StartAsync(
            null, Settings(issuer.JwksAddress), services => services.AddSingleton<TimeProvider>(new StandingClock()));
        await Eventually.HoldsAsync(() => Task.FromResult(issuer.Asked > 0));

        for (var number = 0; number < 5; number++)
        {
            await FailAsync(gateway, issuer.Token(token => token.SigningCredentials = new(Issuer.NewKey($"{number}"), SecurityAlgorithms.RsaSha256)));
        }

        // At the start, and for the first of them.
        Assert.Equal(2, issuer.Asked);
    }

    [Fact]
    public async Task KeysOfTheIssuer_ThatCannotBeRead_MakeTheCallUnavailableUntilTheyCan()
    {
        await using var issuer = await Issuer.StartAsync();
        issuer.IsUp = false;
        await using var gateway = await StartAsync(issuer.JwksAddress, "--Gateway:Access:Jwt:Refresh=00:00:01");

        var fault = await FailAsync(gateway, issuer.Token());
        Assert.Equal((StatusCode.Unavailable, "TOKEN_KEYS_MISSING"), (fault.StatusCode, fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));

        issuer.IsUp = true;
        await Eventually.HoldsAsync(async () => await StatusAsync(gateway, issuer.Token()) == StatusCode.OK);
        issuer.IsUp = false;
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        Assert.Equal(StatusCode.OK, await StatusAsync(gateway, issuer.Token()));
    }

    [Fact]
    public async Task KeysInAFile_AreReadAnewWhenItChanges()
    {
        using var folder = new TemporaryFolder();
        await using var issuer = await Issuer.StartAsync();
        await using var gateway = await StartAsync(folder.Write("jwks", issuer.Jwks), "--Gateway:FileRefresh=00:00:00.1");
        var old = issuer.Token();
        Assert.Equal(StatusCode.OK, await StatusAsync(gateway, old));

        issuer.Key = Issuer.NewKey("two");
        folder.Write("jwks", issuer.Jwks);

        await Eventually.HoldsAsync(async () => await StatusAsync(gateway, issuer.Token()) == StatusCode.OK);
        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(gateway, old));
    }

    [Theory]
    [InlineData("nonsense", "must be a JSON Web Key Set")]
    [InlineData("{}", "must have at least one RSA or elliptic-curve key")]
    [InlineData("""{"keys": [{"kty": "oct", "kid": "x", "k": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}""", "must have at least one RSA or elliptic-curve key")]
    public void Build_FileWithoutUsableKeys_SaysSo(string text, string rule)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("jwks", text);

        var fault = Assert.Throws<OptionsValidationException>(() => GatewayHost.Build(
            ["--Gateway:Access:Jwt:Issuer=i", "--Gateway:Access:Jwt:Audience=a", $"--Gateway:Access:Jwt:Jwks={file}"]));

        Assert.StartsWith($"Gateway:Access:Jwt:Jwks ({file}) {rule}", fault.Message, StringComparison.Ordinal);
    }

    /// <remarks>Whatever keys a source comes to have: whoever can check such a signature can make one.</remarks>
    [Fact]
    public async Task Token_SignedWithASecretThatIsAmongTheKeys_IsUnauthenticated()
    {
        var secret = new SymmetricSecurityKey(new byte[32]) { KeyId = "one" };
        await using var issuer = await Issuer.StartAsync();
        var options = new AccessOptions { Jwt = { Issuer = Issuer.Name, Audience = Issuer.Audience } };
        var check = new TokenCheck(new KnownKeys([secret]), Options.Create(options));

        var found = await check.IdentifyAsync(issuer.Token(token => token.SigningCredentials = new(secret, SecurityAlgorithms.HmacSha256)), Patience);

        Assert.Null(found.Caller);
        Assert.Equal((int)Code.Unauthenticated, found.Fault?.Code);
    }

    /// <summary>The attack that takes the issuer's public key for a secret.</summary>
    private static SigningCredentials Symmetric(Issuer issuer) =>
        new(new SymmetricSecurityKey(issuer.Key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = "one" }, SecurityAlgorithms.HmacSha256);

    private static Task<GatewayFixture> StartAsync(string jwks, params string[] args) => GatewayFixture.StartAsync([.. Settings(jwks), .. args]);

    private static string[] Settings(string jwks) =>
        [$"--Gateway:Access:Jwt:Issuer={Issuer.Name}", $"--Gateway:Access:Jwt:Audience={Issuer.Audience}", $"--Gateway:Access:Jwt:Jwks={jwks}"];

    private static async Task<RpcException> FailAsync(GatewayFixture gateway, string token) => await Assert.ThrowsAsync<RpcException>(async () =>
        await gateway.Client.ExplainAsync(new ExplainRequest(), With(token), cancellationToken: Patience));

    private static async Task<StatusCode> StatusAsync(GatewayFixture gateway, string token)
    {
        try
        {
            await gateway.Client.ExplainAsync(new ExplainRequest(), With(token), cancellationToken: Patience);
            return StatusCode.OK;
        }
        catch (RpcException fault)
        {
            return fault.StatusCode;
        }
    }

    /// <summary>Keys that never change.</summary>
    private sealed class KnownKeys(IReadOnlyList<SecurityKey> keys) : ITokenKeys
    {
        public IReadOnlyList<SecurityKey> Current => keys;

        public Task RefreshAsync(CancellationToken cancellation) => Task.CompletedTask;
    }

    /// <summary>Measures no time, however slow the machine is.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
