using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cdam.V1.Clients;

/// <summary>Believes certificates of given authorities, and of no others.</summary>
public static class PrivateTrust
{
    /// <summary>How chains are checked; names and times are checked beside it as always.</summary>
    /// <remarks>Whether a certificate was revoked is not asked: private authorities rarely publish it, and reload instead.</remarks>
    public static X509ChainPolicy PolicyOf(X509Certificate2Collection authorities)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    /// <param name="file">Certificates in PEM.</param>
    /// <exception cref="ArgumentException">The file cannot be read or has none; the message says so.</exception>
    public static X509Certificate2Collection Read(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException($"{file} must be a file of certificates in PEM: {fault.Message}", fault);
        }

        return authorities.Count > 0 ? authorities : throw new ArgumentException($"{file} must be a file of certificates in PEM: there is none");
    }
}
