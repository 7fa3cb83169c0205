using Cdam.Attribution.Backbones;
using Cdam.Attribution.Models;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.Checkpoints;

namespace Cdam.Attribution.Tests.Models;

public sealed class RandomModelTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Write_SameSeed_GivesTheSameBytes()
    {
        var first = Write(seed: 1);
        Assert.Equal(first.Files[0].Sha256, Write(seed: 1).Files[0].Sha256);
        Assert.NotEqual(first.Files[0].Sha256, Write(seed: 2).Files[0].Sha256);
        Assert.True(first.RandomWeights);
    }

    [Theory]
    [InlineData(BackboneNaming.Dino, 7, ModelKind.Class)]
    [InlineData(BackboneNaming.DinoV2, 1, ModelKind.Class)]
    [InlineData(BackboneNaming.Torchvision, 0, ModelKind.Concept)]
    public void Write_ClassAndConceptModels_LoadAndRun(BackboneNaming naming, int classes, ModelKind kind)
    {
        using var small = new SmallModel(naming, classes);
        Assert.Equal(kind, small.Model.Manifest.Kind);
        Assert.Equal(classes, small.Model.Outputs.Count);
        small.Model.WarmUp();
        var prediction = small.Model.Predict([SmallModel.Input(1)])[0];
        Assert.Equal((classes, 48), (prediction.Logits.Length, prediction.Latent.Length));
    }

    private ModelManifest Write(ulong seed) => RandomModel.Write(
        _scratch.NewPath(), "random", new BackboneReference(null, RandomBackbone.Config(BackboneNaming.Dino)), classes: 3, seed);
}
