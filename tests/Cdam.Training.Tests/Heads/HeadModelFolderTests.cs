using Cdam.Attribution.Models;
using Cdam.Training.Heads;
using Cdam.Training.Heads.Latents;
using static TorchSharp.torch;

namespace Cdam.Training.Tests.Heads;

public sealed class HeadModelFolderTests
{
    [Theory]
    [InlineData("flowers", "flowers")]
    [InlineData("My Flowers (2)", "my-flowers--2-")]
    [InlineData("_états.v1", "tats.v1")]
    [InlineData("---", "head")]
    public void Id_OfAnyFolder_IsAnIdThatManifestsTake(string folder, string id)
    {
        using var bench = new HeadBench();
        var path = bench.At(folder);
        Write(path, bench.Backbone);
        Assert.Equal(id, ModelManifest.Read(path).Id);
    }

    [Fact]
    public void Id_OfALongName_IsCutToWhatManifestsTake() => Assert.Equal(63, HeadModelFolder.Id(new string('x', 200)).Length);

    [Fact]
    public void Write_BackboneWithAHead_TakesTheBackboneAndSaysWhatItIs()
    {
        using var bench = new HeadBench();
        Write(bench.Output, bench.Backbone);
        var (original, written) = (ModelManifest.Read(bench.Backbone), ModelManifest.Read(bench.Output));
        Assert.Equal((ModelKind.Class, HeadKind.Linear), (written.Kind, written.Head));
        Assert.Equal((original.Backbone, original.Preprocessing), (written.Backbone, written.Preprocessing));
        Assert.True(written.RandomWeights); // the backbone's are
        Assert.Equal("head trained by CdamGrpc on 4 images of pets; backbone tiny: drawn by CdamGrpc", written.Source);
        Assert.Equal("backbone: MIT", written.Licence);
        Assert.Equal(["cat", "dog"], written.Outputs!);
        Assert.Equal(original.Files[0].Sha256, written.Files[0].Sha256);
    }

    [Fact]
    public void Write_Twice_LeavesOnlyItsFiles()
    {
        using var bench = new HeadBench();
        Write(bench.Output, bench.Backbone);
        Write(bench.Output, bench.Backbone);
        Assert.Equal(
            ["backbone/model.safetensors", "head.safetensors", "model.json"],
            Directory.GetFiles(bench.Output, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(bench.Output, file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_BackboneFileThatIsALink_TakesWhatItPointsTo()
    {
        using var bench = new HeadBench();
        File.Move(Path.Combine(bench.Backbone, "model.safetensors"), bench.At("blob"));
        File.CreateSymbolicLink(Path.Combine(bench.Backbone, "model.safetensors"), "../blob");
        Write(bench.Output, bench.Backbone);
        File.Delete(bench.At("blob"));
        ExplainableModel.Load(bench.Output, new ModelOptions { Device = "cpu" }).Dispose();
    }

    [Fact]
    public void Write_BackboneThatWasWrittenHereBefore_DropsItsOldHead()
    {
        using var bench = new HeadBench();
        Write(bench.At("first"), bench.Backbone);
        Write(bench.Output, bench.At("first"));
        Assert.Equal(["backbone/backbone/model.safetensors", "head.safetensors"], ModelManifest.Read(bench.Output).Files.Select(file => file.Path));
        ExplainableModel.Load(bench.Output, new ModelOptions { Device = "cpu" }).Dispose();
    }

    private static void Write(string folder, string backboneFolder)
    {
        using var backbone = new FrozenBackbone(backboneFolder, "cpu");
        using var scope = NewDisposeScope();
        var weights = new Dictionary<string, Tensor> { ["weight"] = ones(2, backbone.Config.Dim), ["bias"] = zeros(2) };
        HeadModelFolder.Write(folder, backbone, ["cat", "dog"], weights, "4 images of pets");
    }
}
