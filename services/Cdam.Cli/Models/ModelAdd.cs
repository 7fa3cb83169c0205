using Cdam.Attribution.Catalogue;
using Cdam.Attribution.Models;
using Spectre.Console;

namespace Cdam.Cli.Models;

/// <summary>Brings models that are at hand into the folder of models.</summary>
/// <param name="locations">Where they go.</param>
/// <param name="isLinked">Whether files are linked to instead of copied.</param>
/// <param name="console">Told what happens.</param>
internal sealed class ModelAdd(ModelLocations locations, bool isLinked, IAnsiConsole console)
{
    /// <summary>A folder with a manifest.</summary>
    /// <returns>The model's folder.</returns>
    /// <exception cref="ModelException">It is no model, or there is one of its id.</exception>
    public Task<string> Folder(string folder, CancellationToken cancellation) => Bring(folder, ModelManifest.Read(folder), cancellation);

    /// <summary>A checkpoint that is said to be a catalogue entry's.</summary>
    /// <inheritdoc cref="Folder"/>
    public Task<string> Entry(string path, CatalogueEntry entry, CancellationToken cancellation)
    {
        var sha256 = ManifestFile.Hash(path);
        if (entry.File.Difference(path, sha256) is { } difference)
        {
            throw new ModelException($"{path}: is not {entry.Id}'s file: {difference}");
        }

        var origin = entry.File.IsHashKnown ? $", as published for {entry.Id}" : "; none is published for this file: this one is recorded";
        console.MarkupLineInterpolated($"SHA-256 {sha256}{origin}");
        var manifest = entry.Manifest(sha256);
        manifest = manifest with { Files = [manifest.Files[0] with { Path = Path.GetFileName(path) }] };
        return Bring(Path.GetDirectoryName(Path.GetFullPath(path))!, manifest, cancellation);
    }

    /// <summary>A checkpoint of which a person says what it is.</summary>
    /// <inheritdoc cref="Folder"/>
    public Task<string> File(string path, AddedFile description, CancellationToken cancellation)
    {
        var manifest = description.Describe(path, found => console.MarkupLineInterpolated($"{found}"));
        return Bring(Path.GetDirectoryName(Path.GetFullPath(path))!, manifest, cancellation);
    }

    private async Task<string> Bring(string folder, ModelManifest manifest, CancellationToken cancellation)
    {
        var inspection = ModelInspection.Of(folder, manifest);
        using var staging = await StagingFolder.ForAdd(
            locations.Folder, manifest.Id, () => console.MarkupLineInterpolated($"another process has {manifest.Id}; waiting for it"), cancellation);
        if (staging.IsDone)
        {
            throw new ModelException($"{staging.Target}: is there already; move it away, or give the new one another id");
        }

        foreach (var file in manifest.Files)
        {
            var (from, to) = (Path.GetFullPath(Path.Combine(folder, file.Path)), Path.Combine(staging.Path, file.Path));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            if (isLinked)
            {
                System.IO.File.CreateSymbolicLink(to, from);
            }
            else
            {
                System.IO.File.Copy(from, to);
            }
        }

        staging.Land(manifest);
        console.MarkupLineInterpolated($"{inspection.Tensors} tensors, {inspection.Parameters / 1e6:0.0} million parameters, {inspection.Outputs} outputs");
        return staging.Target;
    }
}
