using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cdam.Gateway.Tests.Tls;

/// <summary>An authority that certifies whoever asks.</summary>
internal sealed class TestAuthority : IDisposable
{
    // Of servers, of clients.
    private static readonly OidCollection Usages = new() { new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2") };

    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name = "Test authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(10));
    }

    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>A certificate for loopback, good for servers and clients.</summary>
    /// <param name="name">Its common name.</param>
    /// <param name="ends">From now.</param>
    public (string Certificate, string Key) Certify(string name = "localhost", TimeSpan? ends = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(Usages, critical: false));
        using var certificate = request.Create(
            _certificate, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow + (ends ?? TimeSpan.FromDays(1)), RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _certificate.Dispose();
}
