using System.Text.Json.Nodes;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.Checkpoints;

namespace Cdam.Attribution.Tests.Models;

public sealed class ModelManifestTests : IDisposable
{
    private const string Valid = """
        {
          "id": "lung-1", "kind": "malignancy", "backbone": "dino-vits8", "head": "linear",
          "files": [{ "path": "sub/a.pth", "sha256": "0123456789012345678901234567890123456789012345678901234567890aBc", "prefixes": { "": "backbone" } }]
        }
        """;

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Read_WithoutOptionalMembers_HasTheDefaults()
    {
        var manifest = Read(Valid);
        Assert.Equal(("lung-1", ModelKind.Malignancy, HeadKind.Linear), (manifest.Id, manifest.Kind, manifest.Head));
        Assert.Equal("dino-vits8", manifest.Backbone.ToString());
        Assert.Equal(new PreprocessingOptions(), manifest.Preprocessing);
        Assert.Null(manifest.Outputs);
        Assert.False(manifest.RandomWeights);
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var written = Read(Valid) with
        {
            DisplayName = "Lung — Größe",
            Backbone = new BackboneReference(null, RandomBackbone.Config(BackboneNaming.DinoV2) with { Positions = PositionResampling.Exact }),
            Outputs = ["a, b", "c"],
            Preprocessing = new PreprocessingOptions { Resize = ResizeMode.Exact, Side = 32, Crop = null },
            Licence = "MIT",
            Source = "here",
            RandomWeights = true,
        };
        written.Write(_scratch.FullName);
        var read = ModelManifest.Read(_scratch.FullName);
        Assert.Equivalent(written, read, strict: true);
        Assert.Equal(written.Backbone, read.Backbone);
        Assert.Equal("dinov2-d48-l3-h3-p4", read.Backbone.ToString());
    }

    [Fact]
    public void Read_CommentsAndTrailingCommas_AreAllowed() =>
        Assert.Equal("lung-1", Read(Valid.Replace("\"id\"", "// who\n\"id\"", StringComparison.Ordinal).Replace("}]", "},]", StringComparison.Ordinal)).Id);

    [Theory]
    [InlineData("id", "\"\"", "id is \"\"")]
    [InlineData("id", "\"Lung\"", "id is \"Lung\"")]
    [InlineData("id", "\"-a\"", "id is \"-a\"")]
    [InlineData("id", "\"a/b\"", "id is \"a/b\"")]
    [InlineData("head", "\"none\"", "head is None for kind Malignancy")]
    [InlineData("kind", "\"concept\"", "head is Linear for kind Concept")]
    [InlineData("files", "[]", "files is empty")]
    [InlineData("files", "[null]", "files[0] is null")]
    [InlineData("outputs", "[\"a\", \"\"]", "outputs[1] is \"\"")]
    [InlineData("outputs", "[null]", "outputs[0] is \"\"")]
    [InlineData("outputs", "[\", \"]", "outputs[0] is \", \"")]
    [InlineData("backbone", "\"vit\"", "backbone is \"vit\"; known are")]
    [InlineData("backbone", "{\"naming\":\"dino\",\"image\":15,\"patch\":4,\"dim\":48,\"depth\":2,\"heads\":3,\"mlp\":96}", "image is 15")]
    [InlineData("preprocessing", "{\"crop\":0}", "PreprocessingOptions.Crop (0)")]
    [InlineData("kind", "\"cat\"", "$.kind")]
    [InlineData("kind", "1", "$.kind")]
    [InlineData("extra", "1", "extra")]
    [InlineData("preprocessing", "{\"extra\":1}", "extra")]
    [InlineData("backbone", "{\"extra\":1}", "extra")]
    [InlineData("files", "[{\"extra\":1}]", "extra")]
    [InlineData("backbone", "7", "BackboneConfig")]
    [InlineData("files", "[{\"path\":\"a\"}]", "sha256")]
    public void Read_OneFault_IsNamed(string member, string json, string fault) => AssertRefused(With(Valid, member, json), fault);

    [Theory]
    [InlineData("id")]
    [InlineData("files")]
    [InlineData("backbone")]
    [InlineData("preprocessing")]
    public void Read_NullMember_IsRefusedByName(string member) => AssertRefused(With(Valid, member, "null"), member);

    [Theory]
    [InlineData("../a.pth")]
    [InlineData("/etc/a.pth")]
    [InlineData("sub/../../a.pth")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData(@"..\\a.pth")]
    public void Read_PathOutsideTheFolder_IsRefused(string path) =>
        AssertRefused(Valid.Replace("sub/a.pth", path, StringComparison.Ordinal), "files[0].path", "must lie below the model's folder");

    [Fact]
    public void Read_SeveralFaults_AreAllInOneMessage()
    {
        var json = With(With(With(Valid, "id", "\"A\""), "backbone", "\"vit\""), "preprocessing", "{\"crop\":0,\"side\":0}");
        json = With(json, "files", """[{"path":"../x","sha256":"12","prefixes":{}}]""");
        AssertRefused(json, "id is \"A\"", "files[0].path", "files[0].sha256 is \"12\"", "files[0].prefixes is empty", ".Crop (0)", ".Side (0)", "\"vit\"");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"id\":")]
    public void Read_NoObject_IsRefusedWithThePath(string json) => AssertRefused(json, ModelManifest.FileName);

    [Fact]
    public void Read_MissingFile_IsRefusedWithThePath() =>
        Assert.Contains(ModelManifest.FileName, Assert.Throws<ModelException>(() => ModelManifest.Read(_scratch.FullName)).Message, StringComparison.Ordinal);

    private static string With(string json, string member, string value)
    {
        var node = JsonNode.Parse(json)!.AsObject();
        node[member] = JsonNode.Parse(value);
        return node.ToJsonString();
    }

    private ModelManifest Read(string json)
    {
        File.WriteAllText(Path.Combine(_scratch.FullName, ModelManifest.FileName), json);
        return ModelManifest.Read(_scratch.FullName);
    }

    private void AssertRefused(string json, params string[] faults)
    {
        var message = Assert.Throws<ModelException>(() => Read(json)).Message;
        Assert.All(faults, fault => Assert.True(message.Contains(fault, StringComparison.Ordinal), $"'{fault}' is not in: {message}"));
    }
}
