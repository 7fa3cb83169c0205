using Cdam.Gateway.Hosting;
using Cdam.Gateway.Tls;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Access;

/// <summary>Refuses to be open to the world by mistake, and settings that contradict each other; all faults are named at once.</summary>
internal sealed class AccessOptionsCheck(IConfiguration configuration) : IValidateOptions<AccessOptions>
{
    // Every setting that names an address where calls come in.
    private static readonly string[] Listeners = [nameof(GatewayOptions.Listen), nameof(GatewayOptions.ListenHttp)];

    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var faults = Openness(options).Concat(Tokens(options.Jwt)).Concat(Certificates(options)).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Tokens(JwtOptions jwt)
    {
        if (!jwt.IsOn)
        {
            yield break;
        }

        foreach (var (option, value) in new[] { (nameof(jwt.Issuer), jwt.Issuer), (nameof(jwt.Audience), jwt.Audience), (nameof(jwt.Jwks), jwt.Jwks) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return $"{AccessOptions.Section}:Jwt:{option} ({value}) must be set: Issuer, Audience and Jwks are given together";
            }
        }

        if (jwt.JwksAddress is { } address && address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            yield return $"{AccessOptions.Section}:Jwt:{nameof(jwt.Jwks)} ({jwt.Jwks}) must be a file or an https address: whoever can change the keys on the way can make tokens";
        }

        if (jwt.Refresh < TimeSpan.FromSeconds(1) || jwt.Refresh > TimeSpan.FromDays(1))
        {
            yield return $"{AccessOptions.Section}:Jwt:{nameof(jwt.Refresh)} ({jwt.Refresh}) must be 00:00:01 to 1.00:00:00";
        }
    }

    private IEnumerable<string> Openness(AccessOptions options)
    {
        if (options is { IsOn: true, AllowAnonymous: true })
        {
            yield return $"{AccessOptions.Section}:{nameof(options.AllowAnonymous)} (True) must be false where {nameof(options.KeyFile)}, {nameof(options.Jwt)} or {nameof(options.CertificateScopes)} is set";
        }

        if (options.IsOn || options.AllowAnonymous)
        {
            yield break;
        }

        foreach (var listener in Listeners)
        {
            var address = configuration[$"{GatewayOptions.Section}:{listener}"];
            if (!string.IsNullOrEmpty(address) && !ListenAddress.IsLoopback(address))
            {
                yield return $"{GatewayOptions.Section}:{listener} ({address}) must be a loopback address while callers prove nothing: "
                    + $"set {AccessOptions.Section}:{nameof(options.KeyFile)} or {AccessOptions.Section}:Jwt, or say {AccessOptions.Section}:{nameof(options.AllowAnonymous)}=true";
            }
        }
    }

    private IEnumerable<string> Certificates(AccessOptions options)
    {
        foreach (var scope in options.CertificateScopes.Where(scope => ScopeNames.Find(scope) is null))
        {
            yield return $"{AccessOptions.Section}:{nameof(options.CertificateScopes)} ({scope}) must be of {ScopeNames.Known}";
        }

        if (options.CertificateScopes.Count > 0 && configuration[$"{TlsOptions.Section}:{nameof(TlsOptions.ClientCaFile)}"] is null)
        {
            yield return $"{AccessOptions.Section}:{nameof(options.CertificateScopes)} ({string.Join(", ", options.CertificateScopes)}) "
                + $"must be empty without {TlsOptions.Section}:{nameof(TlsOptions.ClientCaFile)}, by which certificates are checked";
        }
    }
}
