namespace Cdam.Cli.Downloads;

/// <summary>A file could not be had. The message names the address, what was found and what is kept for the next try.</summary>
internal sealed class DownloadException : IOException
{
    public DownloadException(string message)
        : base(message)
    {
    }

    public DownloadException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
