namespace Cdam.Gateway.Access;

/// <summary>Section <c>Gateway:Access:Jwt</c>: JSON Web Tokens (RFC 7519), signed with RSA or elliptic curves. All three or none are given.</summary>
internal sealed class JwtOptions
{
    /// <summary>The token's <c>iss</c>.</summary>
    public string? Issuer { get; set; }

    /// <summary>One of the token's <c>aud</c>.</summary>
    public string? Audience { get; set; }

    /// <summary>
    /// The issuer's keys (JWKS, RFC 7517): a file, read again when it changes, or an https address (http on loopback only), read again
    /// every <see cref="Refresh"/> and when a token names a key that is not there.
    /// </summary>
    public string? Jwks { get; set; }

    /// <summary>How often the address is read again, 1 s to 1 day. Default 5 min: for so long a withdrawn key is still believed.</summary>
    public TimeSpan Refresh { get; set; } = TimeSpan.FromMinutes(5);

    internal bool IsOn => Issuer is not null || Audience is not null || Jwks is not null;

    /// <summary>Null where <see cref="Jwks"/> is a file.</summary>
    internal Uri? JwksAddress => Uri.TryCreate(Jwks, UriKind.Absolute, out var address) && !address.IsFile ? address : null;
}
