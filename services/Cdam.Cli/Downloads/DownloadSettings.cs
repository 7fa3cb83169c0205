namespace Cdam.Cli.Downloads;

/// <summary>How patient downloads are.</summary>
internal sealed record DownloadSettings
{
    /// <summary>Tries in a row that may bring less than <see cref="ProgressBytes"/>; default 5.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>A try that brings as much starts the count anew; default 1 MiB.</summary>
    public long ProgressBytes { get; init; } = 1 << 20;

    /// <summary>The pause before the second try; it doubles with each further one. Default 1 s.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long nothing may come before the connection counts as cut; default 60 s.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Free bytes of the disk that a folder is on.</summary>
    public Func<string, long> FreeBytes { get; init; } = folder => new DriveInfo(folder).AvailableFreeSpace;
}
