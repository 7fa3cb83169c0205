namespace Cdam.Gateway.Access;

/// <summary>Section <c>Gateway:Access</c> of the configuration: who may call. Without any of the three ways to prove oneself all may.</summary>
internal sealed class AccessOptions
{
    public const string Section = "Gateway:Access";

    /// <summary>
    /// Says that everyone who reaches the gateway may do everything: needed where it listens on other addresses than loopback and no way
    /// to prove oneself is set. Default false.
    /// </summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>
    /// A file of API keys' hashes, a JSON object a line: <c>id</c>, <c>hash</c>, <c>scopes</c>, and <c>expires</c> where the key ends.
    /// Empty lines and lines that begin with # are passed over. Read again when it changes. Default null: none.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>Whose tokens are accepted. Default: nobody's.</summary>
    public JwtOptions Jwt { get; set; } = new();

    /// <summary>
    /// Scopes of a caller with a certificate of <c>Gateway:Tls:ClientCaFile</c> and neither key nor token. Default none: the certificate
    /// opens the connection only.
    /// </summary>
    public IReadOnlyList<string> CertificateScopes { get; set; } = [];

    /// <summary>Whether callers must prove who they are.</summary>
    internal bool IsOn => KeyFile is not null || Jwt.IsOn || CertificateScopes.Count > 0;
}
