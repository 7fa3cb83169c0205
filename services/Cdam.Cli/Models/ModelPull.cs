using Cdam.Attribution.Catalogue;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Models;
using Cdam.Cli.Downloads;
using Spectre.Console;

namespace Cdam.Cli.Models;

/// <summary>Fetches a model of the catalogue and makes its folder.</summary>
/// <param name="locations">Where it goes.</param>
/// <param name="settings">How patiently.</param>
/// <param name="mirror">A folder's address that files are taken from, by their names, instead of the official ones; null for those.</param>
/// <param name="console">Told what happens.</param>
internal sealed class ModelPull(ModelLocations locations, DownloadSettings settings, Uri? mirror, IAnsiConsole console)
{
    /// <summary>Fetches it; nothing is done if it is there.</summary>
    /// <returns>The model's folder.</returns>
    /// <exception cref="DownloadException">The file cannot be had; the message says how to bring it by hand.</exception>
    /// <exception cref="ModelException">The file does not hold the model.</exception>
    public async Task<string> Run(CatalogueEntry entry, CancellationToken cancellation)
    {
        using var staging = await StagingFolder.ForPull(
            locations.Folder, entry.Id, () => console.MarkupLineInterpolated($"another process pulls {entry.Id}; waiting for it"), cancellation);
        if (staging.IsDone)
        {
            // A folder that is no model, or a broken one, is named by this.
            ModelManifest.Read(staging.Target);
            console.MarkupLineInterpolated($"{entry.Id} is there already: {staging.Target}");
            return staging.Target;
        }

        var path = Path.Combine(staging.Path, entry.File.Name);
        if (!File.Exists(path))
        {
            await Fetch(entry, path, cancellation);
        }

        Land(entry, staging, path);
        return staging.Target;
    }

    private async Task Fetch(CatalogueEntry entry, string path, CancellationToken cancellation)
    {
        var request = new DownloadRequest
        {
            Address = mirror is null ? entry.File.Address : new Uri(mirror, entry.File.Name),
            Path = path,
            Size = entry.File.Size,
            Difference = entry.File.Difference,
        };
        console.MarkupLineInterpolated($"{entry.DisplayName}, licence: {entry.Licence}");
        console.MarkupLineInterpolated($"from {request.Address}");
        using var source = new HttpSource();
        try
        {
            await TransferProgress.Show(console, entry.File.Name, events => new Download(source, request, settings, events).Run(cancellation));
        }
        catch (DownloadException exception)
        {
            throw new DownloadException(
                $"{exception.Message}. By hand: fetch {entry.File.Address} on a machine that can, and then: cdam models add {entry.File.Name} --entry {entry.Id}",
                exception);
        }
    }

    private void Land(CatalogueEntry entry, StagingFolder staging, string path)
    {
        try
        {
            var sha256 = ManifestFile.Hash(path);
            var manifest = entry.Manifest(sha256);
            var inspection = ModelInspection.Of(staging.Path, manifest);
            staging.Land(manifest);
            console.MarkupLineInterpolated($"SHA-256 {sha256}{(entry.File.IsHashKnown ? "" : "; none is published for this file: this one is recorded")}");
            console.MarkupLineInterpolated($"{inspection.Tensors} tensors, {inspection.Parameters / 1e6:0.0} million parameters, {inspection.Outputs} outputs");
        }
        catch (Exception exception) when (exception is ModelException or CheckpointException)
        {
            staging.Discard();
            throw;
        }
    }
}
