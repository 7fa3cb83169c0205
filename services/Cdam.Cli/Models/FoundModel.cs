using Cdam.Attribution.Models;

namespace Cdam.Cli.Models;

/// <summary>A model folder that was found.</summary>
/// <param name="Folder">Its path.</param>
/// <param name="IsShipped">Whether it came with the program.</param>
/// <param name="Manifest">What it says; null if it cannot be used.</param>
/// <param name="Fault">Why it cannot be used; null if it can.</param>
internal sealed record FoundModel(string Folder, bool IsShipped, ModelManifest? Manifest, string? Fault)
{
    /// <summary>The model's id; the folder's name where the manifest cannot be read.</summary>
    public string Id => Manifest?.Id ?? Path.GetFileName(Folder);

    /// <summary>Bytes of its files, those that are there.</summary>
    public long Bytes => (Manifest?.Files ?? [])
        .Select(file => new FileInfo(Path.Combine(Folder, file.Path)))
        .Select(file => file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file)
        .Sum(file => file.Exists ? file.Length : 0);

    /// <summary>Reads a folder's manifest.</summary>
    public static FoundModel Read(string folder, bool isShipped)
    {
        try
        {
            return new FoundModel(folder, isShipped, ModelManifest.Read(folder), null);
        }
        catch (ModelException exception)
        {
            return new FoundModel(folder, isShipped, null, exception.Message);
        }
    }
}
