using System.Text.Json;
using Cdam.Attribution.Preprocessing;
using Cdam.Scenes;

namespace Cdam.System.Tests.Scenes;

public sealed class ScenesCommandTests
{
    [Theory]
    [InlineData("two-objects", SceneSet.TwoObjects, 2)]
    [InlineData("test", SceneSet.Test, 1)]
    public async Task Scenes_OfASet_WritesPicturesMasksAndWhatTheyShow(string name, SceneSet set, int objects)
    {
        using var folder = new TemporaryFolder();
        var result = await CommandLine.Cdam("scenes", folder.Path, "--set", name, "--count", "3", "--seed", "7", "--side", "48");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var annotations = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.Path, "annotations.json")));
        var root = annotations.RootElement;
        Assert.Equal((name, 7, 48), (root.GetProperty("set").GetString(), root.GetProperty("seed").GetInt32(), root.GetProperty("side").GetInt32()));
        Assert.Equal(SceneGenerator.ClassNames, root.GetProperty("classes").EnumerateArray().Select(entry => entry.GetString()));
        var files = root.GetProperty("scenes").EnumerateArray().ToList();
        Assert.Equal(3, files.Count);
        Assert.Equal(1 + 3 * (1 + objects), Directory.GetFiles(folder.Path).Length);
        foreach (var (file, scene) in files.Zip(new SceneGenerator(48, 7).Stream(set)))
        {
            AssertIs(scene, file, folder.Path);
        }
    }

    [Fact]
    public async Task Scenes_OfAWishedClassAndSurface_ShowThem()
    {
        using var folder = new TemporaryFolder();
        var result = await CommandLine.Cdam(
            "scenes", folder.Path, "--set", "concept", "--count", "3", "--side", "48", "--class", "fir tree", "--pattern", "dotted");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var annotations = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.Path, "annotations.json")));
        Assert.All(annotations.RootElement.GetProperty("scenes").EnumerateArray(), scene =>
        {
            var only = Assert.Single(scene.GetProperty("objects").EnumerateArray());
            Assert.Equal(("fir tree", "dotted"), (only.GetProperty("class").GetString(), only.GetProperty("pattern").GetString()));
        });
    }

    [Fact]
    public async Task Scenes_IntoAFolderThatHoldsSomething_AreRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "mine"), "");
        var result = await CommandLine.Cdam("scenes", folder.Path, "--set", "train", "--count", "1");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("is not empty", result.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("--set", "three-objects", "two-objects")]
    [InlineData("--side", "16", "32")]
    [InlineData("--class", "tree", "fir tree")]
    public async Task Scenes_BadOption_SaysWhatIsAllowed(string option, string value, string allowed)
    {
        using var folder = new TemporaryFolder();
        string[] set = option == "--set" ? [] : ["--set", "train"];
        var result = await CommandLine.Cdam(["scenes", folder.Path, .. set, option, value]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(value, result.Error, StringComparison.Ordinal);
        Assert.Contains(allowed, result.Error, StringComparison.Ordinal);
    }

    private static void AssertIs(Scene scene, JsonElement file, string folder)
    {
        Assert.Equal(scene.Rgb, Read(file.GetProperty("file")).Rgb);
        foreach (var (seen, annotated) in scene.Objects.Zip(file.GetProperty("objects").EnumerateArray()))
        {
            Assert.Equal(SceneGenerator.ClassNames[seen.ClassIndex], annotated.GetProperty("class").GetString());
            Assert.Equal(seen.Pattern.ToString(), annotated.GetProperty("pattern").GetString(), ignoreCase: true);
            var mask = Read(annotated.GetProperty("mask"));
            Assert.Equal((scene.Side, scene.Side), (mask.Width, mask.Height));
            Assert.Equal(seen.Mask, mask.Rgb.Chunk(3).Select(pixel => (byte)(pixel[0] / 255)));
        }

        PixelImage Read(JsonElement name) =>
            ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(folder, name.GetString()!)), new ImageLimits());
    }
}
