using Cdam.V1.Errors;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cdam.Gateway.Access;

/// <summary>Checks JSON Web Tokens: signature, algorithm, issuer, audience, times.</summary>
internal sealed class TokenCheck(ITokenKeys source, IOptions<AccessOptions> options)
{
    private const int MostBytes = 8 << 10;
    private const int LongestSubject = 128;

    // Only signatures whose key cannot be known to those who check them.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    // Clocks of two machines.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MostBytes };

    internal async Task<Identification> IdentifyAsync(string text, CancellationToken cancellation)
    {
        if (!_handler.CanReadToken(text))
        {
            return Failed("is neither an API key nor a token that can be read");
        }

        JsonWebToken token;
        try
        {
            token = _handler.ReadJsonWebToken(text);
        }
        catch (ArgumentException)
        {
            return Failed("cannot be read");
        }

        if (await KeysForAsync(token.Kid, cancellation) is not { } keys)
        {
            return Identification.Failed(WireStatus.Unavailable("The keys to check tokens with cannot be read now.", RetryAfter, "TOKEN_KEYS_MISSING"));
        }

        var result = keys.Count == 0 ? null : await _handler.ValidateTokenAsync(text, Parameters(keys));
        return result is null ? Failed("names a key (kid) that the issuer does not have")
            : result.IsValid ? Accepted((JsonWebToken)result.SecurityToken)
            : Failed(Explain(result.Exception));
    }

    /// <returns>Empty where the issuer has no such key, null where its keys are not known.</returns>
    private async Task<IReadOnlyList<SecurityKey>?> KeysForAsync(string? kid, CancellationToken cancellation)
    {
        if (Find() is not { Count: > 0 })
        {
            await source.RefreshAsync(cancellation);
        }

        return Find();

        IReadOnlyList<SecurityKey>? Find() =>
            string.IsNullOrEmpty(kid) ? source.Current : source.Current?.Where(key => key.KeyId == kid).ToList();
    }

    private TokenValidationParameters Parameters(IReadOnlyList<SecurityKey> keys) => new()
    {
        ValidIssuer = options.Value.Jwt.Issuer,
        ValidAudience = options.Value.Jwt.Audience,
        IssuerSigningKeys = keys,
        ValidAlgorithms = Algorithms,
        ClockSkew = Skew,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
    };

    private static Identification Accepted(JsonWebToken token) => token.Subject is { Length: > 0 and <= LongestSubject } subject
        ? Identification.Of(new Caller($"jwt:{subject}", ScopeNames.Among(Scopes(token))))
        : Failed($"must have a subject (sub) of 1 to {LongestSubject} characters");

    /// <summary>Of <c>scope</c> (RFC 8693: one text) and <c>scp</c> (a text or a list).</summary>
    private static IEnumerable<string> Scopes(JsonWebToken token) => token.Claims
        .Where(claim => claim.Type is "scope" or "scp")
        .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Explain(Exception fault) => fault switch
    {
        SecurityTokenExpiredException => "is expired",
        SecurityTokenNotYetValidException => "is not valid yet",
        SecurityTokenNoExpirationException => "has no end (exp)",
        SecurityTokenInvalidIssuerException => "is of another issuer",
        SecurityTokenInvalidAudienceException => "is for another audience",
        SecurityTokenInvalidAlgorithmException => "is signed by an algorithm that is not accepted",
        SecurityTokenInvalidSignatureException => "has no signature of the issuer",
        _ => "cannot be verified",
    };

    private static Identification Failed(string fault) =>
        Identification.Failed(WireStatus.Unauthenticated($"The bearer token {fault}.", "TOKEN_INVALID"));
}
