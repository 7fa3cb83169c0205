using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Cdam.Gateway.Reloading;

namespace Cdam.Gateway.Tls;

/// <summary>Reads the gateway's certificate with its key and chain.</summary>
internal static class ServerCertificate
{
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">They cannot be read, do not belong together, or the certificate has ended.</exception>
    internal static SslStreamCertificateContext Read(SettingFile certificateFile, byte[] certificatePem, SettingFile keyFile, byte[] keyPem)
    {
        var chain = PemCertificates.Read(certificateFile, certificatePem);
        using var bare = chain[0];
        if (bare.NotAfter.ToUniversalTime() <= DateTime.UtcNow)
        {
            throw certificateFile.Fault($"must hold a certificate that is valid now: it ended at {bare.NotAfter.ToUniversalTime():u}");
        }

        chain.RemoveAt(0);
        return SslStreamCertificateContext.Create(WithKey(bare, keyFile, Encoding.UTF8.GetString(keyPem)), chain, offline: true);
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, SettingFile keyFile, string keyPem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), keyPem);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            // Messages of the library never hold the key, but say nothing to a person either.
            throw keyFile.Fault("must hold the certificate's private key in PEM, not encrypted");
        }
    }
}
