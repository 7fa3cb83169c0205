using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cdam.Gateway.Tests.Access;

/// <summary>Signs tokens, and publishes the keys for it.</summary>
public sealed class Issuer : IAsyncDisposable
{
    public const string Name = "https://issuer.example";
    public const string Audience = "cdam";

    private readonly WebApplication _app;

    private int _asked;

    private Issuer(WebApplication app) => _app = app;

    /// <summary>Changes what is published and what tokens are signed with.</summary>
    public RsaSecurityKey Key { get; set; } = NewKey("one");

    /// <summary>Whether the keys can be had.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>How often somebody wanted the keys.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public string JwksAddress => $"{_app.Urls.First()}/jwks";

    public string Jwks => JsonSerializer.Serialize(new { keys = new[] { PublicPart(Key) } });

    public static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };

    public static async Task<Issuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var issuer = new Issuer(app);
        app.MapGet("/jwks", issuer.Answer);
        await app.StartAsync();
        return issuer;
    }

    /// <summary>A token that is right but for what is changed.</summary>
    public string Token(Action<SecurityTokenDescriptor>? change = null, string subject = "alice", object? scope = null)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = Audience,
            Expires = DateTime.UtcNow.AddHours(1),
            IssuedAt = DateTime.UtcNow,
            NotBefore = DateTime.UtcNow.AddMinutes(-1),
            Claims = new Dictionary<string, object> { ["sub"] = subject, ["scope"] = scope ?? "openid explain" },
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private IResult Answer()
    {
        Interlocked.Increment(ref _asked);
        return IsUp ? Results.Text(Jwks, "application/json") : Results.StatusCode(503);
    }

    private static object PublicPart(RsaSecurityKey key)
    {
        var numbers = key.Rsa.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", kid = key.KeyId, n = Base64UrlEncoder.Encode(numbers.Modulus), e = Base64UrlEncoder.Encode(numbers.Exponent) };
    }
}
