using Cdam.Attribution.Backbones;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Models;
using Cdam.Attribution.Tests.Backbones;

namespace Cdam.Attribution.Tests.Models;

public sealed class CheckpointStateTests : IDisposable
{
    private readonly ModelFolder _folder = new(RandomBackbone.Config(BackboneNaming.Dino));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_MissingExtraAndMisshapenTensors_NamesAllInOneMessage()
    {
        _folder.Shapes.Remove("backbone.blocks.1.attn.qkv.bias");
        _folder.Shapes.Remove("backbone.norm.weight");
        _folder.Shapes["backbone.cls_token"] = [1, 1, 47];
        _folder.Shapes["head.weight"] = [4, 48];
        _folder.Shapes["backbone.blocks.2.norm1.weight"] = [48];
        _folder.Shapes["head.scale"] = [2, 3];
        var message = _folder.Refusal();
        string[] faults =
        [
            "missing Backbone \"blocks.1.attn.qkv.bias\" of shape [144]", "missing Backbone \"norm.weight\" of shape [48]",
            "Backbone \"cls_token\" has shape [1, 1, 47]; must be [1, 1, 48]", "Head \"weight\" has shape [4, 48]; must be [5, 48]",
            "extra Backbone \"blocks.2.norm1.weight\" of shape [48]", "extra Head \"scale\" of shape [2, 3]",
        ];
        Assert.StartsWith(_folder.FullName, message, StringComparison.Ordinal);
        Assert.All(faults, fault => Assert.True(message.Contains(fault, StringComparison.Ordinal), $"'{fault}' is not in: {message}"));
    }

    [Fact]
    public void Load_ChangedFile_IsRefusedBeforeItIsRead()
    {
        var manifest = _folder.Write();
        File.WriteAllText(Path.Combine(_folder.FullName, ModelFolder.Weights), "not a checkpoint");
        var message = Assert.Throws<ModelException>(() => _folder.Load(manifest).Dispose()).Message;
        Assert.Contains($"the manifest says {manifest.Files[0].Sha256}", message, StringComparison.Ordinal);
        Assert.Contains(ModelFolder.Weights, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_HashInCapitals_IsTheSame()
    {
        var manifest = _folder.Write();
        var file = manifest.Files[0];
        _folder.Load(manifest with { Files = [file with { Sha256 = file.Sha256.ToUpperInvariant() }] }).Dispose();
    }

    [Fact]
    public void Load_MissingFile_IsRefusedByName()
    {
        var manifest = _folder.Write();
        File.Delete(Path.Combine(_folder.FullName, ModelFolder.Weights));
        Assert.Contains(ModelFolder.Weights, Assert.Throws<ModelException>(() => _folder.Load(manifest)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileThatIsNoCheckpoint_IsRefusedByItsReader()
    {
        var manifest = _folder.Write();
        var path = Path.Combine(_folder.FullName, ModelFolder.Weights);
        File.WriteAllText(path, "not a checkpoint");
        var file = manifest.Files[0] with { Sha256 = ManifestFile.Hash(path) };
        Assert.Throws<CheckpointException>(() => _folder.Load(manifest with { Files = [file] }));
    }

    [Fact]
    public void Load_LongestPrefix_Wins()
    {
        // "" takes the backbone, which has no prefix; "head." takes the head out of it again.
        foreach (var (name, shape) in _folder.Shapes.Where(entry => entry.Key.StartsWith("backbone.", StringComparison.Ordinal)).ToList())
        {
            _folder.Shapes.Remove(name);
            _folder.Shapes[name["backbone.".Length..]] = shape;
        }

        _folder.Prefixes.Remove("backbone.");
        _folder.Prefixes[""] = ModelPart.Backbone;
        using var model = _folder.Load(_folder.Write());
        Assert.Equal(5, model.Outputs.Count);
    }

    [Fact]
    public void Load_TensorsUnderNoPrefix_AreLeftAlone()
    {
        _folder.Shapes["optimizer.state.0"] = [3];
        _folder.Load(_folder.Write()).Dispose();
    }

    [Fact]
    public void Load_TensorThatTwoPrefixesGive_IsRefused()
    {
        _folder.Shapes["teacher.cls_token"] = [1, 1, 48];
        _folder.Prefixes["teacher."] = ModelPart.Backbone;
        Assert.Contains("\"cls_token\" occurs twice", _folder.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PublishedExtras_AreIgnored()
    {
        _folder.Shapes["backbone.head.weight"] = [1000, 48];
        _folder.Load(_folder.Write()).Dispose();
    }

    [Fact]
    public void Load_TorchvisionsOldMlpNames_AreTheNewOnes()
    {
        using var folder = new ModelFolder(RandomBackbone.Config(BackboneNaming.Torchvision));
        foreach (var (name, shape) in folder.Shapes.Where(entry => entry.Key.Contains(".mlp.", StringComparison.Ordinal)).ToList())
        {
            folder.Shapes.Remove(name);
            var old = name.Replace(".mlp.0.", ".mlp.linear_1.", StringComparison.Ordinal).Replace(".mlp.3.", ".mlp.linear_2.", StringComparison.Ordinal);
            Assert.NotEqual(name, old);
            folder.Shapes[old] = shape;
        }

        // The two layers have different shapes, so that exchanging them would not load.
        folder.Load(folder.Write()).Dispose();
    }

    [Fact]
    public void Load_WrongNumberOfOutputNames_IsRefused()
    {
        var manifest = _folder.Write() with { Outputs = ["a", "b"] };
        var message = Assert.Throws<ModelException>(() => _folder.Load(manifest)).Message;
        Assert.Equal("broken: outputs has 2 names; the head has 5 outputs", message);
    }

    [Fact]
    public void Load_WithoutOutputNames_NumbersThem()
    {
        using var model = _folder.Load(_folder.Write());
        Assert.Equal(["output 4"], model.Outputs[4]);
    }
}
