using Cdam.Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Tls;

/// <summary>Refuses settings that contradict each other; the files are checked when they are read.</summary>
internal sealed class TlsOptionsCheck(IConfiguration configuration) : IValidateOptions<TlsOptions>
{
    public ValidateOptionsResult Validate(string? name, TlsOptions options)
    {
        var listen = configuration[$"{GatewayOptions.Section}:{nameof(GatewayOptions.Listen)}"] ?? "";
        var isTls = ListenerTls.IsTls(listen);
        var isNeeded = isTls || ListenerTls.IsTls(configuration[$"{GatewayOptions.Section}:{nameof(GatewayOptions.ListenHttp)}"]);
        var faults = new[]
        {
            Require(!isNeeded || options.CertificateFile is not null, nameof(options.CertificateFile), options.CertificateFile,
                "must be set where Gateway:Listen or Gateway:ListenHttp is https"),
            Require(isTls || options.CertificateFile is null, nameof(options.CertificateFile), options.CertificateFile,
                $"must not be set where Gateway:Listen ({listen}) is http, which it would not protect"),
            Require(options.CertificateFile is null == options.KeyFile is null, nameof(options.KeyFile), options.KeyFile,
                $"must be given together with {nameof(options.CertificateFile)}"),
            Require(isTls || options.ClientCaFile is null, nameof(options.ClientCaFile), options.ClientCaFile,
                $"must not be set where Gateway:Listen ({listen}) is http: callers show certificates over TLS only"),
            Require(options.Wanted == ClientCertificates.None == options.ClientCaFile is null, nameof(options.ClientCertificates), $"{options.Wanted}",
                $"must be {ClientCertificates.Optional} or {ClientCertificates.Required} with {nameof(options.ClientCaFile)}, and {ClientCertificates.None} without"),
            Require(options.MinimumVersion is "1.2" or "1.3", nameof(options.MinimumVersion), options.MinimumVersion, "must be 1.2 or 1.3"),
        }.OfType<string>().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string? Require(bool holds, string option, string? value, string rule) =>
        holds ? null : $"{TlsOptions.Section}:{option} ({value}) {rule}";
}
