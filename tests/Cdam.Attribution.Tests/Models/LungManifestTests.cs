using System.Text.Json.Nodes;
using Cdam.Attribution.Models;
using Cdam.Attribution.Tests.Checkpoints;

namespace Cdam.Attribution.Tests.Models;

public sealed class LungManifestTests : IDisposable
{
    private const string Scale = """{ "mean": 3, "std": 1, "unit": "rating 1 to 5" }""";

    private const string Valid = $$"""
        {
          "id": "lung", "kind": "biomarker", "backbone": "dino-vits8", "head": "mlp",
          "files": [{ "path": "a.pth", "sha256": "0123456789012345678901234567890123456789012345678901234567890abc", "prefixes": { "": "backbone" } }],
          "volume": { "hu_min": -1000, "hu_max": 400, "mean": -300.5, "std": 250, "side": 112, "slice": 16 },
          "output_scale": [{{Scale}}, {{Scale}}, {{Scale}}, {{Scale}}, {{Scale}}, {{Scale}}, {{Scale}}, {{Scale}}]
        }
        """;

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Read_VolumeAndScales_AreKeptAndWrittenTheSame()
    {
        var manifest = Read(Valid);
        Assert.Equal((-1000, 400, -300.5f, 250f, 112, 16), (manifest.Volume!.HuMin, manifest.Volume.HuMax, manifest.Volume.Mean, manifest.Volume.Std, manifest.Volume.Side, manifest.Volume.Slice));
        Assert.Equal(8, manifest.OutputScale!.Count);
        manifest.Write(_scratch.FullName);
        Assert.Equivalent(manifest, ModelManifest.Read(_scratch.FullName), strict: true);
        Assert.Equal([ModelManifest.FileName], Directory.GetFiles(_scratch.FullName).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("kind", "\"class\"", "volume is given for kind Class")]
    [InlineData("kind", "\"malignancy\"", "output_scale is given for kind Malignancy")]
    [InlineData("output_scale", null, "output_scale is absent")]
    [InlineData("output_scale", $"[{Scale}]", "output_scale has 1 entries; must be 8")]
    [InlineData("output_scale", "[null]", "output_scale[0] is null")]
    [InlineData("output_scale", """[{ "mean": 3, "std": 0, "unit": "mm" }]""", "output_scale[0].std is 0; must be above 0")]
    [InlineData("output_scale", """[{ "mean": 1e39, "std": 1, "unit": "mm" }]""", "output_scale[0].mean is")]
    [InlineData("output_scale", """[{ "mean": 3, "std": 1, "unit": " " }]""", "output_scale[0].unit is")]
    [InlineData("output_scale", """[{ "mean": 3, "std": 1 }]""", "unit")]
    [InlineData("outputs", """["margin", "subtlety"]""", "outputs is [margin; subtlety]; kind Biomarker has subtlety, calcification")]
    [InlineData("volume", """{ "mean": 0, "std": 250, "side": 112, "hu_min": 400, "hu_max": 400 }""", "volume.hu_min is 400 and hu_max 400")]
    [InlineData("volume", """{ "mean": 0, "std": 250, "side": 112, "hu_max": 40000 }""", "volume.hu_min is -1000 and hu_max 40000")]
    [InlineData("volume", """{ "mean": 500, "std": 250, "side": 112 }""", "volume.mean is 500")]
    [InlineData("volume", """{ "mean": 0.2, "std": 0.3, "side": 112 }""", "volume.std is 0.3; must be Hounsfield units")]
    [InlineData("volume", """{ "mean": 0, "std": 1500, "side": 112 }""", "volume.std is 1500")]
    [InlineData("volume", """{ "mean": 0, "std": 250, "side": 100 }""", "volume.side is 100; must be 32 to 4096 and a multiple of the patch size 8")]
    [InlineData("volume", """{ "mean": 0, "std": 250, "side": 24 }""", "volume.side is 24")]
    [InlineData("volume", """{ "mean": 0, "std": 250, "side": 112, "slice": 32 }""", "volume.slice is 32")]
    [InlineData("volume", """{ "std": 250, "side": 112 }""", "mean")]
    [InlineData("volume", """{ "mean": 0, "std": 250, "side": 112, "extra": 1 }""", "extra")]
    public void Read_OneFault_IsNamed(string member, string? json, string fault)
    {
        var node = JsonNode.Parse(Valid)!.AsObject();
        node[member] = json is null ? null : JsonNode.Parse(json);
        var message = Assert.Throws<ModelException>(() => Read(node.ToJsonString())).Message;
        Assert.True(message.Contains(fault, StringComparison.Ordinal), $"'{fault}' is not in: {message}");
    }

    private ModelManifest Read(string json)
    {
        File.WriteAllText(Path.Combine(_scratch.FullName, ModelManifest.FileName), json);
        return ModelManifest.Read(_scratch.FullName);
    }
}
