using Cdam.Attribution.Backbones;
using Cdam.Attribution.Models;
using Cdam.Attribution.Native;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Rendering;
using Cdam.Training.Heads;

namespace Cdam.Training.Tests.Heads;

/// <summary>A random backbone that costs nothing, and images of one colour and some noise, in a folder that is gone after the test.</summary>
internal sealed class HeadBench : IDisposable
{
    public const int Side = 16;

    public static readonly (string Name, byte[] Colour)[] Colours = [("blue", [40, 60, 200]), ("green", [50, 190, 60]), ("red", [210, 50, 40])];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cdam-head-");

    public HeadBench()
    {
        TorchRuntime.Load();
        var config = new BackboneConfig { Naming = BackboneNaming.Dino, Image = Side, Patch = 8, Dim = 24, Depth = 2, Heads = 3, Mlp = 48 };
        RandomModel.Write(Backbone, "tiny", new BackboneReference(null, config), classes: 5, seed: 5, new PreprocessingOptions { Side = Side, Crop = Side });
        Directory.CreateDirectory(Images);
    }

    public string Images => At("images");

    public string Backbone => At("backbone");

    public string Output => At("out");

    public HeadTrainingFolders Folders => new(Images, Backbone, Output);

    /// <summary>A path of the test's own.</summary>
    public string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Draws the three colours, so many images of each.</summary>
    public HeadBench WithColours(int count, string folder = "images")
    {
        foreach (var (name, colour) in Colours)
        {
            Draw(name, count, colour, folder);
        }

        return this;
    }

    /// <summary>Draws a class, pictures of different shapes.</summary>
    public HeadBench Draw(string className, int count, byte[] colour, string folder = "images")
    {
        var path = Directory.CreateDirectory(Path.Combine(At(folder), className)).FullName;
        var random = new Random(className.Length + 31 * count);
        for (var index = 0; index < count; index++)
        {
            File.WriteAllBytes(Path.Combine(path, $"{index:000}.png"), PngEncoder.Encode(Picture(random, colour)));
        }

        return this;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static PixelImage Picture(Random random, byte[] colour)
    {
        var (width, height) = (random.Next(18, 30), random.Next(18, 30));
        var rgb = new byte[width * height * 3];
        for (var sample = 0; sample < rgb.Length; sample++)
        {
            rgb[sample] = (byte)(colour[sample % 3] + random.Next(-40, 41));
        }

        return new PixelImage(width, height, rgb);
    }
}
