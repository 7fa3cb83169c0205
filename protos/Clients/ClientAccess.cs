using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cdam.V1.Clients;

/// <summary>How a client of the gateway proves who it is, and whom it believes.</summary>
public sealed record ClientAccess
{
    /// <summary>An API key or a token, sent with every call; excludes <see cref="KeyFile"/>. Null: none.</summary>
    public string? Key { get; init; }

    /// <summary>A file that holds it, read again when it changes. Null: none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Authorities of the server's certificate, PEM. Null: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>The client's certificate, PEM, where the server asks for one. Null: none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The private key of <see cref="CertificateFile"/>, PEM, not encrypted.</summary>
    public string? CertificateKeyFile { get; init; }

    /// <summary>Adds what is set to connections.</summary>
    /// <param name="connections">Belongs to what is returned.</param>
    /// <exception cref="ArgumentException">Settings exclude each other or a file cannot be used.</exception>
    public HttpMessageHandler Over(SocketsHttpHandler connections)
    {
        ArgumentNullException.ThrowIfNull(connections);
        if (Key is not null && KeyFile is not null)
        {
            throw new ArgumentException("the key must be given as text or as a file, not as both");
        }

        if (CertificateFile is null != CertificateKeyFile is null)
        {
            throw new ArgumentException("the client's certificate and its key must be given together");
        }

        if (CaFile is not null)
        {
            connections.SslOptions.CertificateChainPolicy = PrivateTrust.PolicyOf(PrivateTrust.Read(CaFile));
        }

        if (CertificateFile is not null)
        {
            connections.SslOptions.ClientCertificates = [ReadCertificate(CertificateFile, CertificateKeyFile!)];
        }

        return Key is null && KeyFile is null ? connections : new KeyHandler(KeySource.Of(Key, KeyFile), connections);
    }

    private static X509Certificate2 ReadCertificate(string certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException($"{certificate} and {key} must be a certificate and its private key in PEM, not encrypted: {fault.Message}", fault);
        }
    }
}
