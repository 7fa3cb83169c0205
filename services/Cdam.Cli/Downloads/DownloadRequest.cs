namespace Cdam.Cli.Downloads;

/// <summary>A file to fetch.</summary>
internal sealed record DownloadRequest
{
    /// <summary>Where it is.</summary>
    public required Uri Address { get; init; }

    /// <summary>Where it lands, once it is whole and right; beside it <c>.part</c> and <c>.part.json</c> hold what there is so far.</summary>
    public required string Path { get; init; }

    /// <summary>Bytes that it must have; null if that is not known.</summary>
    public long? Size { get; init; }

    /// <summary>Bytes above which it is refused; default 4 GiB, ten times the largest backbone here.</summary>
    public long Limit { get; init; } = 4L << 30;

    /// <summary>Given the whole file's path and SHA-256 (64 digits), says why it is not the right one; null if it is.</summary>
    public required Func<string, string, string?> Difference { get; init; }
}
