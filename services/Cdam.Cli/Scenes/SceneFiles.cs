using System.Text.Json;
using System.Text.Json.Serialization;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Rendering;
using Cdam.Scenes;
using Cdam.Training.Fitting;

namespace Cdam.Cli.Scenes;

/// <summary>
/// A set's first scenes as files: <c>000012.png</c>, for each object a mask of the same size, white where the object is what one sees,
/// <c>000012.mask-0.png</c>, and <see cref="AnnotationsFile"/>.
/// </summary>
internal sealed class SceneFiles
{
    /// <summary>The list of what is in which file.</summary>
    public const string AnnotationsFile = "annotations.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly SceneAnnotations _annotations;
    private readonly SceneGenerator _generator;
    private readonly SceneSet _set;
    private readonly SceneWish _wish;

    /// <param name="folder">Must be empty or absent.</param>
    /// <param name="name">The set's name, for the annotations.</param>
    /// <param name="set">Which set.</param>
    /// <param name="wish">What is not left to chance.</param>
    /// <param name="seed">Of the scenes.</param>
    /// <param name="side">In pixels.</param>
    /// <exception cref="ArgumentException">The folder holds something, or the side is out of range.</exception>
    public SceneFiles(string folder, string name, SceneSet set, SceneWish wish, ulong seed, int side)
    {
        Folder = Path.GetFullPath(folder);
        if (Directory.Exists(Folder) && Directory.EnumerateFileSystemEntries(Folder).Any())
        {
            throw new ArgumentException($"{folder}: is not empty; scenes need a folder of their own");
        }

        (_generator, _set, _wish) = (new SceneGenerator(side, seed), set, wish);
        _annotations = new SceneAnnotations(name, seed, side, SceneGenerator.ClassNames, []);
    }

    /// <summary>Where they go.</summary>
    public string Folder { get; }

    /// <summary>Draws and writes scenes, then the annotations.</summary>
    /// <returns>How many.</returns>
    public int Write(int count, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        for (var index = 0; index < count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            _annotations.Scenes.Add(Write($"{index:000000}", _generator.Draw(_set, (uint)index, _wish)));
            progress.Report(new TrainingProgress("drawing scenes", index + 1, count));
        }

        File.WriteAllBytes(Path.Combine(Folder, AnnotationsFile), JsonSerializer.SerializeToUtf8Bytes(_annotations, Json));
        return count;
    }

    private AnnotatedScene Write(string name, Scene scene)
    {
        var objects = new List<AnnotatedObject>();
        foreach (var (index, seen) in scene.Objects.Index())
        {
            byte[] white = [.. seen.Mask.SelectMany(inside => Enumerable.Repeat((byte)(byte.MaxValue * inside), 3))];
            var mask = Save($"{name}.mask-{index}.png", scene.Side, white);
            objects.Add(new AnnotatedObject(SceneGenerator.ClassNames[seen.ClassIndex], seen.Pattern, mask));
        }

        return new AnnotatedScene(Save($"{name}.png", scene.Side, scene.Rgb), objects);
    }

    private string Save(string file, int side, byte[] rgb)
    {
        File.WriteAllBytes(Path.Combine(Folder, file), PngEncoder.Encode(new PixelImage(side, side, rgb)));
        return file;
    }
}
