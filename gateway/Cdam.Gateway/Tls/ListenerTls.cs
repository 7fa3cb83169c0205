using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Cdam.Gateway.Reloading;
using Cdam.V1.Clients;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Tls;

/// <summary>TLS of the gateway's own connections: each new one gets the certificate and the authorities that are in the files by then.</summary>
internal sealed class ListenerTls
{
    private readonly FileBacked<SslStreamCertificateContext>? _certificate;
    private readonly FileBacked<X509Certificate2Collection>? _authorities;
    private readonly SslProtocols _protocols;
    private readonly bool _isRequired;

    /// <exception cref="OptionsValidationException">A file cannot be used.</exception>
    public ListenerTls(FileReload reload, IOptions<TlsOptions> options)
    {
        var tls = options.Value;
        _protocols = tls.MinimumVersion == "1.3" ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;
        _isRequired = tls.Wanted == ClientCertificates.Required;
        if (tls is { CertificateFile: { } certificatePath, KeyFile: { } keyPath })
        {
            var certificate = new SettingFile("Tls:CertificateFile", certificatePath);
            var key = new SettingFile("Tls:KeyFile", keyPath);
            _certificate = reload.Watch([certificate, key], bytes => ServerCertificate.Read(certificate, bytes[0], key, bytes[1]));
        }

        if (tls.ClientCaFile is { } authoritiesPath)
        {
            var authorities = new SettingFile("Tls:ClientCaFile", authoritiesPath);
            _authorities = reload.Watch([authorities], bytes => PemCertificates.Read(authorities, bytes[0]));
        }
    }

    /// <summary>Sets up a listener: with an https address TLS, whose clients choose between HTTP/1.1 and HTTP/2.</summary>
    /// <param name="listener">Of that address.</param>
    /// <param name="address">As the options say.</param>
    /// <param name="plain">What is spoken without TLS.</param>
    internal void Apply(ListenOptions listener, string address, HttpProtocols plain)
    {
        if (!IsTls(address))
        {
            listener.Protocols = plain;
            return;
        }

        listener.Protocols = HttpProtocols.Http1AndHttp2;
        listener.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new ValueTask<SslServerAuthenticationOptions>(ForConnection()) });
    }

    internal static bool IsTls(string? address) => address?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;

    private SslServerAuthenticationOptions ForConnection()
    {
        var connection = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _certificate!.Current,
            EnabledSslProtocols = _protocols,
        };
        if (_authorities is not null)
        {
            connection.ClientCertificateRequired = true;
            connection.CertificateChainPolicy = PrivateTrust.PolicyOf(_authorities.Current);
            connection.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                errors == SslPolicyErrors.None || (!_isRequired && certificate is null);
        }

        return connection;
    }
}
