namespace Cdam.Gateway.Auditing;

/// <summary>Section <c>Gateway:Audit</c> of the configuration: a JSON line for every call, refused ones included, when it has ended.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Gateway:Audit";

    /// <summary>Stands for standard error.</summary>
    internal const string StandardError = "stderr";

    /// <summary>The file, or <c>stderr</c>. Default null: no audit.</summary>
    public string? File { get; set; }

    /// <summary>From which size on in bytes the file becomes FILE.1, and so on, 64 KiB to 16 GiB. Default 64 MiB.</summary>
    public long MaxBytes { get; set; } = 64 << 20;

    /// <summary>Earlier files that are kept, 1 to 1000. Default 10.</summary>
    public int Keep { get; set; } = 10;
}
