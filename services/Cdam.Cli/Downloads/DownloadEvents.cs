namespace Cdam.Cli.Downloads;

/// <summary>What a download tells while it runs.</summary>
internal sealed record DownloadEvents
{
    /// <summary>Called with the bytes that are there, and with the whole file's (null if they are not known).</summary>
    public Action<long, long?> Progress { get; init; } = (_, _) => { };

    /// <summary>Called with the reason and the length of a pause before another try.</summary>
    public Action<string> Pausing { get; init; } = _ => { };
}
