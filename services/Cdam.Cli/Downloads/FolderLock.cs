namespace Cdam.Cli.Downloads;

/// <summary>
/// Lets one process, and one task in it, work on something at a time. The file is left where it is: deleting it could leave two
/// owners, one of a file that has no name any more.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; waits while another has it.</summary>
    /// <param name="path">The lock's file, made if it is missing.</param>
    /// <param name="waiting">Called once if it has to wait.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<FolderLock> Take(string path, Action waiting, CancellationToken cancellation)
    {
        if (TryOpen(path) is { } free)
        {
            return new FolderLock(free);
        }

        waiting();
        while (true)
        {
            await Task.Delay(Pause, cancellation);
            if (TryOpen(path) is { } file)
            {
                return new FolderLock(file);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
