using Cdam.Attribution.Backbones;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Models;
using Cdam.Attribution.Recognition;
using Cdam.Attribution.Tests.Catalogue;
using Cdam.Attribution.Tests.Checkpoints;

namespace Cdam.Attribution.Tests.Recognition;

public sealed class CheckpointRecognitionTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("dino-vits8", "", BackboneNaming.Dino, "dino-vits8", null)]
    [InlineData("cdam-dino-vits8", "state_dict.model.", BackboneNaming.Dino, "dino-vits8", "state_dict.linear.")]
    [InlineData("deit-vitb16", "model.", BackboneNaming.Dino, "deit-vitb16 dino-vitb16", "model.head.")]
    [InlineData("torchvision-vitb16", "", BackboneNaming.Torchvision, "torchvision-vitb16", "heads.head.")]
    [InlineData("torchvision-vitb16-swag", "", BackboneNaming.Torchvision, "torchvision-vitb16-swag", "heads.head.")]
    [InlineData("dinov2-vits14-reg4", "", BackboneNaming.DinoV2, "dinov2-vits14-reg4", null)]
    public void Recognition_OfPublishedTensors_TellsBackboneAndHead(string id, string prefix, BackboneNaming naming, string fitting, string? head)
    {
        using var checkpoint = Open(PublishedKeys.Of(id));
        var backbone = Assert.Single(CheckpointRecognition.Backbones(checkpoint));
        Assert.Equal((prefix, naming, fitting), (backbone.Prefix, backbone.Naming, string.Join(' ', backbone.Fitting)));
        var heads = CheckpointRecognition.Heads(checkpoint, prefix, BackboneCatalog.Get(backbone.Fitting[0]));

        // What Adam keeps of a head has its shape, but no bias stands beside it.
        Assert.Equal(head is null ? [] : [new RecognisedHead(head, HeadKind.Linear, 1000)], heads);
    }

    [Fact]
    public void Recognition_OfUnknownSizes_TellsThemAndFitsNothing()
    {
        var tensors = PublishedKeys.Of("dino-vits8");
        foreach (var name in tensors.Keys.Where(name => name.StartsWith("blocks.11.", StringComparison.Ordinal)).ToList())
        {
            tensors.Remove(name);
        }

        using var checkpoint = Open(tensors);
        var backbone = Assert.Single(CheckpointRecognition.Backbones(checkpoint));
        Assert.Empty(backbone.Fitting);
        Assert.Equal("width 384, 11 blocks, patch 8, positions of 785 tokens", backbone.Summary);
    }

    [Fact]
    public void Recognition_OfATeacherAndAStudent_FindsBoth()
    {
        var tensors = PublishedKeys.Of("dino-vits16").SelectMany(key => (IEnumerable<KeyValuePair<string, long[]>>)
            [new("student.module.backbone." + key.Key, key.Value), new("teacher.backbone." + key.Key, key.Value)]);
        using var checkpoint = Open(tensors.ToDictionary(key => key.Key, key => key.Value));
        Assert.Equal(["student.module.backbone.", "teacher.backbone."], CheckpointRecognition.Backbones(checkpoint).Select(backbone => backbone.Prefix));
    }

    [Fact]
    public void Heads_OfTwoLayers_AreToldFromLinearOnes()
    {
        var tensors = PublishedKeys.Of("dino-vits8");
        (tensors["head.0.weight"], tensors["head.0.bias"], tensors["head.2.weight"], tensors["head.2.bias"]) = ([64, 384], [64], [8, 64], [8]);
        (tensors["decoder.weight"], tensors["decoder.bias"]) = ([5, 383], [5]);
        using var checkpoint = Open(tensors);
        Assert.Equal([new RecognisedHead("head.", HeadKind.Mlp, 8)], CheckpointRecognition.Heads(checkpoint, "", BackboneCatalog.Get("dino-vits8")));
    }

    [Fact]
    public void Backbones_OfSomethingElse_AreNone()
    {
        using var checkpoint = Open(new() { ["conv1.weight"] = [64, 3, 7, 7], ["my_cls_token"] = [1, 1, 384] });
        Assert.Empty(CheckpointRecognition.Backbones(checkpoint));
    }

    private Checkpoint Open(Dictionary<string, long[]> tensors)
    {
        var path = _folder.NewPath();
        PublishedKeys.Write(path, tensors);
        return Checkpoint.Open(path);
    }
}
