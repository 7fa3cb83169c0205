using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Rendering;

namespace Cdam.System.Tests.Training;

public sealed class TrainHeadTests
{
    [Fact]
    public async Task TrainHead_OnFoldersOfImages_WritesAModelThatExplainServes()
    {
        using var folder = new TemporaryFolder();
        var (images, output) = (Draw(folder), Path.Combine(folder.Path, "Warm or cold"));
        File.WriteAllText(Path.Combine(images, "cold", "broken.jpg"), "no picture");
        var trained = await CommandLine.Cdam(
            "train", "head", "--images", images, "--backbone", "small", "--models", Models(folder), "--out", output,
            "--no-augmentation", "--learning-rate", "0.05", "--epochs", "20", "--batch-size", "8");
        Assert.True(trained.ExitCode == 0, trained.ToString());
        Assert.Contains("broken.jpg", trained.Error, StringComparison.Ordinal);
        Assert.Contains("validation accuracy 100.0 %", trained.Output, StringComparison.Ordinal);
        Assert.Contains("16 images trained on, 4 validated on, 1 left out", trained.Output, StringComparison.Ordinal);

        var maps = Path.Combine(folder.Path, "maps");
        var explained = await CommandLine.Cdam("explain", Path.Combine(images, "warm", "3.png"), "--model", output, "--target", "warm", "--out", maps);
        Assert.True(explained.ExitCode == 0, explained.ToString());
        Assert.Single(Directory.GetFiles(Path.Combine(maps, "3"), "cdam.*.overlay.png"));
    }

    [Fact]
    public async Task TrainHead_OneClass_SaysWhatMustBeThere()
    {
        using var folder = new TemporaryFolder();
        var images = Draw(folder);
        Directory.Delete(Path.Combine(images, "warm"), recursive: true);
        var result = await CommandLine.Cdam("train", "head", "--images", images, "--backbone", Path.Combine(Models(folder), "small"), "--out", Path.Combine(folder.Path, "out"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("has one folder, \"cold\"; must have a folder of images for each class, at least two", result.Error, StringComparison.Ordinal);
    }

    private static string Models(TemporaryFolder folder)
    {
        var path = Path.Combine(folder.Path, "models");
        RandomModel.Write(Path.Combine(path, "small"), "small", SmallBackbone.Reference, classes: 0, seed: 1, new PreprocessingOptions { Side = 32, Crop = 32 });
        return path;
    }

    private static string Draw(TemporaryFolder folder)
    {
        var (path, random) = (Path.Combine(folder.Path, "images"), new Random(4));
        foreach (var name in (string[])["cold", "warm"])
        {
            Directory.CreateDirectory(Path.Combine(path, name));
            for (var index = 0; index < 10; index++)
            {
                byte red = (byte)(name == "warm" ? 200 + random.Next(40) : random.Next(80)), blue = (byte)(240 - red);
                byte[] rgb = [.. Enumerable.Range(0, 40 * 36).SelectMany(_ => new[] { red, (byte)random.Next(256), blue })];
                File.WriteAllBytes(Path.Combine(path, name, $"{index}.png"), PngEncoder.Encode(new PixelImage(40, 36, rgb)));
            }
        }

        return path;
    }
}
