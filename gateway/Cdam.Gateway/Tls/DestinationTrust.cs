using System.Security.Cryptography.X509Certificates;
using Cdam.Gateway.Reloading;
using Cdam.V1.Clients;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Tls;

/// <summary>Whose certificates are believed of destinations with https addresses.</summary>
internal sealed class DestinationTrust
{
    private readonly X509Certificate2Collection? _authorities;

    /// <exception cref="OptionsValidationException">The file cannot be used.</exception>
    public DestinationTrust(IOptions<TlsOptions> options)
    {
        if (options.Value.DestinationCaFile is { } path)
        {
            var file = new SettingFile("Tls:DestinationCaFile", path);
            _authorities = new FileBacked<X509Certificate2Collection>([file], bytes => PemCertificates.Read(file, bytes[0])).Current;
        }
    }

    internal void Apply(SocketsHttpHandler connections)
    {
        if (_authorities is not null)
        {
            connections.SslOptions.CertificateChainPolicy = PrivateTrust.PolicyOf(_authorities);
        }
    }
}
