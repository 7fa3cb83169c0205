using Cdam.Evaluator.Hosting;
using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Store;
using Cdam.V1.Errors;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Sources;

/// <summary>Images below the folders that the options allow. No path leads out of them, by <c>..</c> and symbolic links neither.</summary>
internal sealed class ServerFolders(IOptions<BenchmarkOptions> options, IOptions<EvaluatorOptions> evaluator)
{
    private const string Field = "settings.source.folder";

    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"];

    /// <summary>The images of a folder: those of its manifest, or every image file by its path.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: the folder or an entry of the manifest is not permitted or not there.</exception>
    internal List<SourceImage> List(ServerFolder folder, int limit)
    {
        var (root, path) = Locate(folder);
        if (folder.Manifest.Length == 0)
        {
            return [.. Files(path).Order(StringComparer.Ordinal).Take(limit).Select(name => new SourceImage(name, []))];
        }

        var manifest = ImageManifest.Read(Below(root, path, folder.Manifest, $"{Field}.manifest"), $"{Field}.manifest");
        var images = manifest.Images.Take(limit).ToList();
        for (var i = 0; i < images.Count; i++)
        {
            Check(root, path, images[i], $"{Field}.manifest: images[{i}]");
        }

        return images.ConvertAll(image => image.Masks is [var mask, ..]
            ? new SourceImage(image.File, image.Labels ?? [], HasMask: true, mask)
            : new SourceImage(image.File, image.Labels ?? []));
    }

    /// <summary>Reads an image that was listed; the path is checked again, since links may have changed.</summary>
    /// <exception cref="Grpc.Core.RpcException">NOT_FOUND or INVALID_ARGUMENT: the file cannot be read.</exception>
    internal async Task<SourcePicture> ReadAsync(ServerFolder folder, ImageRow image, bool withMask, CancellationToken cancellation)
    {
        var content = await ReadFileAsync(folder, image.Name, "file", cancellation);
        var mask = withMask && image.MaskFile is { } file
            ? MaskReading.Png(await ReadFileAsync(folder, file, "masks[0]", cancellation), $"masks[0]: '{file}'")
            : null;
        return new SourcePicture(
            new Image { Encoded = UnsafeByteOperations.UnsafeWrap(content) }, SessionJson.Read<ImageLabel[]>(image.Labels), mask);
    }

    private async Task<byte[]> ReadFileAsync(ServerFolder folder, string name, string field, CancellationToken cancellation)
    {
        var (root, path) = Locate(folder);
        var file = Below(root, path, name, field);
        try
        {
            ImageSize.Check(new FileInfo(file).Length, $"{field} '{name}'", evaluator.Value);
            return await File.ReadAllBytesAsync(file, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw WireStatus.NotFound("image", name, $"'{name}' cannot be read: it is not there, or not permitted.").ToRpcException();
        }
    }

    private static void Check(string root, string folder, ImageManifest.Entry image, string field)
    {
        Below(root, folder, image.File, $"{field}.file");
        var (masks, most) = (image.Masks ?? [], Math.Max(1, image.Labels?.Count ?? 0));
        if (masks.Count > most)
        {
            throw RequestFault.Of($"{field}.masks", $"{masks.Count} masks with {image.Labels?.Count ?? 0} labels; at most {most} are permitted.");
        }

        for (var i = 0; i < masks.Count; i++)
        {
            Below(root, folder, masks[i], $"{field}.masks[{i}]");
        }
    }

    private (string Root, string Path) Locate(ServerFolder folder)
    {
        var parts = folder.Path.Split('/', 2);
        if (!options.Value.ImageRoots.TryGetValue(parts[0], out var allowed))
        {
            throw RequestFault.Of($"{Field}.path",
                $"'{parts[0]}' is none of this evaluator's roots: {string.Join(", ", options.Value.ImageRoots.Keys.Order(StringComparer.Ordinal))}.");
        }

        var root = RealPath.Of(allowed);
        var path = parts.Length == 1 ? root : Below(root, root, parts[1], $"{Field}.path");
        return Directory.Exists(path) ? (root, path) : throw RequestFault.Of($"{Field}.path", $"there is no folder '{folder.Path}'.");
    }

    private static string Below(string root, string folder, string name, string field)
    {
        if (name.Length is 0 or > StoreModel.NameLength || name.Any(letter => char.IsControl(letter) || letter == '\\')
            || name.Split('/').Any(part => part is "" or "." or ".."))
        {
            throw RequestFault.Of(field, $"'{name}' is no path of names separated by single slashes, without '.' and '..'.");
        }

        try
        {
            var real = RealPath.Of(Path.Combine(folder, name));
            return RealPath.IsWithin(real, root) ? real : throw RequestFault.Of(field, $"'{name}' leads out of its root.");
        }
        catch (IOException)
        {
            throw RequestFault.Of(field, $"'{name}' cannot be followed: its symbolic links are too many, or broken.");
        }
    }

    /// <summary>Paths from <paramref name="folder"/>, in any order. Links are passed over.</summary>
    private List<string> Files(string folder)
    {
        var every = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var files = Directory.EnumerateFiles(folder, "*", every)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Take(options.Value.MaxImages + 1).ToList();
        return files.Count <= options.Value.MaxImages
            ? files
            : throw RequestFault.Of($"{Field}.path",
                $"holds more than {BenchmarkOptions.Section}:{nameof(BenchmarkOptions.MaxImages)} ({options.Value.MaxImages}) images.");
    }
}
