using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Volumes;
using Cdam.Cli.Explaining;
using Cdam.Scenes;
using Cdam.Training.Lidc;

namespace Cdam.Cli.Sanity;

/// <summary>Reads images as a model takes them.</summary>
internal static class SanityImages
{
    /// <summary>What stands for generated scenes instead of a folder.</summary>
    public const string Scenes = "scenes";

    private const ulong ScenesSeed = 0;
    private const string NoduleList = "dataset.json";

    /// <param name="images">A folder, or <see cref="Scenes"/>.</param>
    /// <param name="model">Who will see them.</param>
    /// <param name="limit">How many at most: the first by name.</param>
    /// <exception cref="ArgumentException">There are none, one cannot be read, or the model does not take their kind.</exception>
    public static IReadOnlyList<SanityImage> Read(string images, ExplainableModel model, int limit)
    {
        if (images == Scenes)
        {
            return Generate(model, limit);
        }

        if (!Directory.Exists(images))
        {
            throw new ArgumentException($"--images is \"{images}\"; must be a folder, or {Scenes}");
        }

        return File.Exists(Path.Combine(images, NoduleList)) ? Nodules(images, model, limit) : Pictures(images, model, limit);
    }

    private static SanityImage[] Generate(ExplainableModel model, int limit)
    {
        if (model.Manifest.Kind is ModelKind.Malignancy or ModelKind.Biomarker)
        {
            throw new ArgumentException(
                $"--images is {Scenes}, but {model.Manifest.Id} looks at lung CT, of which scenes show nothing; must be a data set that `cdam lidc import` wrote, or pictures of slices");
        }

        var scenes = new SceneGenerator(model.InputSide, ScenesSeed).Stream(SceneSet.OneObject).Take(limit);
        return [.. scenes.Select((scene, index) => new SanityImage($"scene {index}", [ModelInput.FromPicture(new PixelImage(scene.Side, scene.Side, scene.Rgb))]))];
    }

    private static SanityImage[] Nodules(string folder, ExplainableModel model, int limit)
    {
        var slices = model.Slices
            ?? throw new ArgumentException($"--images is \"{folder}\", a data set of nodules, but {model.Manifest.Id} takes no volumes; must be a folder of pictures");
        var dataset = NoduleDataset.Open(folder);
        return [.. dataset.Nodules.Take(limit).Select(nodule => new SanityImage(
            nodule.File, [.. slices.Prepare(new VolumeCrop(dataset.ReadCrop(nodule))).Select(slice => slice.Input)]))];
    }

    private static SanityImage[] Pictures(string folder, ExplainableModel model, int limit) =>
        [.. ImageFolder.Files(folder, "--images").Take(limit).Select(file => Picture(file, model))];

    private static SanityImage Picture(string file, ExplainableModel model)
    {
        try
        {
            var prepared = model.Preprocessor.Prepare(ImageDecoder.Decode(File.ReadAllBytes(file), new ImageLimits()));
            return new SanityImage(Path.GetFileName(file), [ModelInput.FromPicture(prepared.Picture)]);
        }
        catch (ImageException fault)
        {
            throw new ArgumentException($"{file}: {fault.Message}", fault);
        }
    }
}
