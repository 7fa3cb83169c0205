using Cdam.Attribution.Models;
using Cdam.Cli.Downloads;

namespace Cdam.Cli.Models;

/// <summary>
/// A model folder in the making. It lies where nobody looks for models, and becomes one by a single rename, once everything in it is
/// checked; so a model is there whole or not at all.
/// </summary>
internal sealed class StagingFolder : IDisposable
{
    private readonly bool _isKept;
    private readonly FolderLock _lock;

    private StagingFolder(string path, string target, bool isKept, FolderLock held) =>
        (Path, Target, _isKept, _lock) = (path, target, isKept, held);

    /// <summary>Where files are put.</summary>
    public string Path { get; }

    /// <summary>What it will be.</summary>
    public string Target { get; }

    /// <summary>Whether the model is there already.</summary>
    public bool IsDone => Directory.Exists(Target);

    /// <summary>For a download: what an earlier one left is still there, and what this one leaves is kept.</summary>
    /// <param name="models">The folder of models, made if it is missing.</param>
    /// <param name="id">The model's.</param>
    /// <param name="waiting">Called once if another process has it.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task<StagingFolder> ForPull(string models, string id, Action waiting, CancellationToken cancellation) =>
        Take(models, id, isKept: true, waiting, cancellation);

    /// <summary>For files that are at hand: empty, and gone afterwards.</summary>
    /// <inheritdoc cref="ForPull"/>
    public static Task<StagingFolder> ForAdd(string models, string id, Action waiting, CancellationToken cancellation) =>
        Take(models, id, isKept: false, waiting, cancellation);

    /// <summary>Makes it the model, now that its files are there and checked.</summary>
    public void Land(ModelManifest manifest)
    {
        manifest.Write(Path);
        Directory.Move(Path, Target);
    }

    /// <summary>Deletes what is in it.</summary>
    public void Discard() => Directory.Delete(Path, recursive: true);

    /// <summary>Lets others at it.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Path) && (!_isKept || !Directory.EnumerateFileSystemEntries(Path).Any()))
        {
            Discard();
        }

        _lock.Dispose();
    }

    private static async Task<StagingFolder> Take(string models, string id, bool isKept, Action waiting, CancellationToken cancellation)
    {
        var partial = Directory.CreateDirectory(System.IO.Path.Combine(models, ".partial")).FullName;
        var held = await FolderLock.Take(System.IO.Path.Combine(partial, $"{id}.lock"), waiting, cancellation);
        try
        {
            var path = System.IO.Path.Combine(partial, isKept ? id : $"{id}.add");
            if (!isKept && Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }

            Directory.CreateDirectory(path);
            return new StagingFolder(path, System.IO.Path.Combine(models, id), isKept, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}
