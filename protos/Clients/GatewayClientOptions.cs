namespace Cdam.V1.Clients;

/// <summary>What the options of a host that calls a gateway have in common: how it proves who it is, and whom it believes.</summary>
public abstract class GatewayClientOptions
{
    /// <summary>An API key or a token, sent with every call where the gateway asks for one. Default null: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>A file that holds it, in its place; read again when it changes. Default null: none.</summary>
    public string? ApiKeyFile { get; set; }

    /// <summary>Authorities of a gateway's certificate, PEM, in the place of the system's. Default null: the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>The host's certificate, PEM, where the gateway asks for one. Default null: none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The private key of <see cref="CertificateFile"/>, PEM, not encrypted. Default null: none.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>The same for a connection.</summary>
    public ClientAccess ToAccess() => new()
    {
        Key = ApiKey,
        KeyFile = ApiKeyFile,
        CaFile = CaFile,
        CertificateFile = CertificateFile,
        CertificateKeyFile = CertificateKeyFile,
    };

    /// <summary>What is wrong with them, files included; null where nothing is.</summary>
    /// <param name="section">Of the configuration.</param>
    /// <remarks>What a file holds is in no message; which setting is meant is.</remarks>
    public string? AccessFault(string section)
    {
        try
        {
            ToAccess().Over(new SocketsHttpHandler()).Dispose();
            return null;
        }
        catch (ArgumentException fault)
        {
            return $"{section}:{nameof(ApiKey)}, {nameof(ApiKeyFile)}, {nameof(CaFile)}, {nameof(CertificateFile)}, {nameof(CertificateKeyFile)}: {fault.Message}";
        }
    }
}
