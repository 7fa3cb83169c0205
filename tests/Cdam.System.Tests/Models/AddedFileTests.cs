using Cdam.Attribution.Models;
using Cdam.Cli.Models;

namespace Cdam.System.Tests.Models;

public sealed class AddedFileTests : IDisposable
{
    private static readonly (string, long[])[] Head = [("head.weight", [10, 768]), ("head.bias", [10])];
    private readonly TemporaryFolder _folder = new();

    private string Checkpoint => Path.Combine(_folder.Path, "mine.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Describe_OfWhatTensorsTell_NeedsNothingElse()
    {
        SparseCheckpoint.Write(Checkpoint, "dino-vitb8", "net.", Head);
        var found = new List<string>();
        var manifest = new AddedFile { Id = "mine" }.Describe(Checkpoint, found.Add);
        Assert.Equal(("dino-vitb8", HeadKind.Linear, ModelKind.Class), (manifest.Backbone.Name, manifest.Head, manifest.Kind));
        Assert.Equal(new Dictionary<string, ModelPart> { ["net."] = ModelPart.Backbone, ["head."] = ModelPart.Head }, manifest.Files[0].Prefixes);
        Assert.Equal((256, 224), (manifest.Preprocessing.Side, manifest.Preprocessing.Crop));
        Assert.Contains(found, line => line.Contains("Dino naming under \"net.\": width 768, 12 blocks, patch 8", StringComparison.Ordinal));
        Assert.Contains(found, line => line.Contains("under \"head.\" of 10 outputs", StringComparison.Ordinal));
        Assert.Equal(10, ModelInspection.Of(_folder.Path, manifest).Outputs);
    }

    [Fact]
    public void Describe_OfWhatTensorsDoNotTell_AsksForTheOption()
    {
        SparseCheckpoint.Write(Checkpoint, "dino-vitb16", "", [.. Head, ("aux.weight", [3, 768]), ("aux.bias", [3])]);
        Assert.Contains("deit-vitb16 and dino-vitb16, which differ in what shapes do not show; choose with --backbone", Refusal(new() { Id = "mine" }), StringComparison.Ordinal);
        var chosen = new AddedFile { Id = "mine", Backbone = "deit-vitb16" };
        Assert.Contains("holds 2 heads, under \"head.\", \"aux.\"; choose with --head-prefix", Refusal(chosen), StringComparison.Ordinal);
        Assert.Contains("holds no head under \"fc.\"", Refusal(chosen with { HeadPrefix = "fc." }), StringComparison.Ordinal);
        Assert.Contains("holds no head", Refusal(chosen with { Head = HeadKind.Mlp }), StringComparison.Ordinal);
        Assert.Equal(ModelPart.Head, (chosen with { HeadPrefix = "aux." }).Describe(Checkpoint, _ => { }).Files[0].Prefixes["aux."]);
        Assert.Equal(ModelKind.Concept, (chosen with { Head = HeadKind.None }).Describe(Checkpoint, _ => { }).Kind);
        Assert.Equal(ModelKind.Biomarker, (chosen with { HeadPrefix = "aux.", Kind = ModelKind.Biomarker }).Describe(Checkpoint, _ => { }).Kind);
        Assert.Contains("resnet", Assert.Throws<ArgumentException>(() => (chosen with { Backbone = "resnet" }).Describe(Checkpoint, _ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_OfAnUnknownNetwork_SaysWhatWasFound()
    {
        RandomModel.Write(_folder.Path, "small", SmallBackbone.Reference, classes: 2, seed: 0);
        File.Move(Path.Combine(_folder.Path, "model.safetensors"), Checkpoint);
        Assert.Contains("width 48, 2 blocks, patch 8, positions of 17 tokens under \"backbone.\" is none of", Refusal(new() { Id = "mine" }), StringComparison.Ordinal);
    }

    private string Refusal(AddedFile added) => Assert.Throws<ModelException>(() => added.Describe(Checkpoint, _ => { })).Message;
}
