using System.Net;
using System.Net.Sockets;
using Cdam.V1.Errors;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Access;

/// <summary>Finds out who makes a call: by API key, token or certificate.</summary>
/// <param name="tokens">Null where no issuer is trusted.</param>
internal sealed class CallerIdentification(KeyRings keys, IOptions<AccessOptions> options, TimeProvider clock, TokenCheck? tokens = null)
{
    internal const string KeyHeader = "x-api-key";

    private const string Scheme = "Bearer ";
    private const int LongestSubject = 128;
    private const int NetworkBytes = 8;

    private readonly AccessScopes _ofCertificates = ScopeNames.Among(options.Value.CertificateScopes);

    internal async Task<Identification> IdentifyAsync(HttpContext context)
    {
        if (!options.Value.IsOn)
        {
            return Identification.Of(new Caller(NameOf(context), ScopeNames.All));
        }

        var headers = context.Request.Headers;
        return (headers.Authorization.Count, headers[KeyHeader].Count) switch
        {
            (0, 0) => ByCertificate(context),
            (1, 0) => await ByAuthorizationAsync(headers.Authorization.ToString(), context.RequestAborted),
            (0, 1) => keys.Current.Identify(headers[KeyHeader].ToString(), clock.GetUtcNow()),
            _ => Failed($"The call has more than one credential: authorization or {KeyHeader}, once.", "SEVERAL_CREDENTIALS"),
        };
    }

    /// <summary>Whom a call without proof counts for: its certificate, or its address; of IPv6 the network, within which addresses are free.</summary>
    internal static string NameOf(HttpContext context)
    {
        if (context.Connection.ClientCertificate is { } certificate)
        {
            var subject = certificate.Subject;
            return $"cert:{subject[..Math.Min(subject.Length, LongestSubject)]}";
        }

        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? $"ip:{new IPAddress([.. address.GetAddressBytes()[..NetworkBytes], .. new byte[NetworkBytes]])}/64"
            : $"ip:{address}";
    }

    private async Task<Identification> ByAuthorizationAsync(string header, CancellationToken cancellation)
    {
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return Failed("The authorization header must be 'Bearer', a space, and an API key or a token.", "UNKNOWN_SCHEME");
        }

        var text = header[Scheme.Length..].Trim();
        return tokens is null || text.StartsWith(KeyText.Prefix, StringComparison.Ordinal)
            ? keys.Current.Identify(text, clock.GetUtcNow())
            : await tokens.IdentifyAsync(text, cancellation);
    }

    private Identification ByCertificate(HttpContext context) =>
        _ofCertificates != AccessScopes.None && context.Connection.ClientCertificate is not null
            ? Identification.Of(new Caller(NameOf(context), _ofCertificates))
            : Failed($"The call has no credential; send an API key or a token as 'authorization: Bearer …', or a key as '{KeyHeader}: …'.", "NO_CREDENTIAL");

    private static Identification Failed(string message, string reason) =>
        Identification.Failed(WireStatus.Unauthenticated(message, reason));
}
