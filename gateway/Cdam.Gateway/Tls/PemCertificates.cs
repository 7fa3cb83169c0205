using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Cdam.Gateway.Reloading;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Tls;

/// <summary>Reads files of certificates.</summary>
internal static class PemCertificates
{
    /// <returns>At least one, in the file's order.</returns>
    /// <exception cref="OptionsValidationException">There is none, or one is broken.</exception>
    internal static X509Certificate2Collection Read(SettingFile file, byte[] pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(pem));
        }
        catch (CryptographicException)
        {
            throw file.Fault("must hold certificates in PEM: one of them is broken");
        }

        return certificates.Count > 0 ? certificates : throw file.Fault("must hold certificates in PEM: there is none");
    }
}
