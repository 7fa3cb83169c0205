namespace Cdam.Gateway.Tls;

/// <summary>Section <c>Gateway:Tls</c> of the configuration. All files are PEM; those of the listener are read again when they change.</summary>
internal sealed class TlsOptions
{
    public const string Section = "Gateway:Tls";

    /// <summary>The gateway's certificate, then those between it and the root. Needed where <c>Gateway:Listen</c> is https. Default null.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The certificate's private key, not encrypted. Given together with <see cref="CertificateFile"/>. Default null.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Authorities of callers' certificates. Default null: callers are asked for none.</summary>
    public string? ClientCaFile { get; set; }

    /// <summary>Default <see cref="ClientCertificates.Required"/> with <see cref="ClientCaFile"/>, else <see cref="ClientCertificates.None"/>.</summary>
    public ClientCertificates? ClientCertificates { get; set; }

    /// <summary><c>1.2</c> (default) or <c>1.3</c>.</summary>
    public string MinimumVersion { get; set; } = "1.2";

    /// <summary>Authorities of destinations with https addresses, in the place of the system's. Default null: the system's. Read at the start.</summary>
    public string? DestinationCaFile { get; set; }

    internal ClientCertificates Wanted => ClientCertificates
        ?? (ClientCaFile is null ? Tls.ClientCertificates.None : Tls.ClientCertificates.Required);
}
