using System.Runtime.InteropServices;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Models;
using Cdam.Training.Heads.Latents;
using static TorchSharp.torch;

namespace Cdam.Training.Heads;

/// <summary>A trained head and its backbone as a folder that the explainer serves.</summary>
internal static partial class HeadModelFolder
{
    private const string HeadFile = "head.safetensors";
    private const string BackboneFolder = "backbone";
    private const int LongestId = 63;
    private static readonly Dictionary<string, ModelPart> HeadPrefixes = new() { [""] = ModelPart.Head };

    /// <summary>Writes the weights, then the manifest: a folder that has one is whole.</summary>
    /// <param name="folder">Its name becomes the model's id.</param>
    /// <param name="backbone">Its files are linked, or copied where the file system cannot link.</param>
    /// <param name="classes">Names of the outputs.</param>
    /// <param name="weights"><c>weight</c> and <c>bias</c>.</param>
    /// <param name="trainedOn">What the head was trained on, for people.</param>
    public static void Write(
        string folder, FrozenBackbone backbone, IReadOnlyList<string> classes, IReadOnlyDictionary<string, Tensor> weights, string trainedOn)
    {
        Directory.CreateDirectory(folder);
        var head = Path.Combine(folder, HeadFile);
        SafetensorsWriter.Write(head, [.. weights.Select(entry => Entry(entry.Key, entry.Value))]);
        var manifest = backbone.Manifest;
        new ModelManifest
        {
            Id = Id(folder),
            DisplayName = $"Linear head for {classes.Count} classes on {manifest.DisplayName ?? manifest.Id}",
            Kind = ModelKind.Class,
            Backbone = manifest.Backbone,
            Head = HeadKind.Linear,
            Files =
            [
                .. manifest.Files.Select(file => Share(backbone.Folder, file, folder)),
                new ManifestFile { Path = HeadFile, Sha256 = ManifestFile.Hash(head), Prefixes = HeadPrefixes },
            ],
            Preprocessing = manifest.Preprocessing,
            Outputs = classes,
            Licence = manifest.Licence is null ? null : $"backbone: {manifest.Licence}",
            Source = $"head trained by CdamGrpc on {trainedOn}; backbone {manifest.Id}" + (manifest.Source is null ? "" : $": {manifest.Source}"),
            RandomWeights = manifest.RandomWeights,
        }.Write(folder);
    }

    /// <summary>The folder's name as an id: what an id may not hold becomes a hyphen.</summary>
    internal static string Id(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))).ToLowerInvariant();
        var id = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' ? letter : '-'))
            .TrimStart('-', '.', '_');
        return id.Length == 0 ? "head" : id[..Math.Min(id.Length, LongestId)];
    }

    private static ManifestFile Share(string from, ManifestFile file, string folder)
    {
        // Below a folder of their own, names cannot clash with the head's.
        var path = $"{BackboneFolder}/{file.Path}";
        var target = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var fresh = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            LinkOrCopy(Path.Combine(from, file.Path), fresh);
            File.Move(fresh, target, overwrite: true);
        }
        finally
        {
            // Moving a link onto another link of the same file leaves both.
            File.Delete(fresh);
        }

        return file with { Path = path };
    }

    private static void LinkOrCopy(string from, string to)
    {
        // A hard link of a symbolic link would be one more symbolic link, and a relative one would lead astray.
        var file = new FileInfo(from).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? from;
        if (OperatingSystem.IsWindows() || Link(file, to) != 0)
        {
            File.Copy(file, to);
        }
    }

    private static SafetensorsEntry Entry(string name, Tensor value)
    {
        using var plain = value.detach().contiguous();
        return new SafetensorsEntry(name, TensorType.Float32, value.shape, MemoryMarshal.AsBytes<float>(plain.data<float>().ToArray()).ToArray());
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
