namespace Cdam.Gateway.Reloading;

/// <summary>A value made of files, and made anew when their bytes change.</summary>
/// <remarks>
/// The bytes are compared, not times or names: mounted secrets are replaced by turning a symbolic link, which neither a watcher of the
/// file nor its time of change shows reliably.
/// </remarks>
internal abstract class FileBacked
{
    /// <summary>Reads the files again.</summary>
    /// <returns>What there is to log: of new bytes that cannot be used, why the old value stays; null where nothing changed.</returns>
    internal abstract ReloadOutcome? Refresh();
}
