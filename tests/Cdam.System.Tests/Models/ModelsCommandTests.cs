using System.Text.Json;
using Cdam.Attribution.Models;
using Cdam.System.Tests.Downloads;

namespace Cdam.System.Tests.Models;

public sealed class ModelsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Models => Path.Combine(_folder.Path, "models");

    private string Small => Path.Combine(_folder.Path, "small");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pull_FromAMirror_GivesAModelThatCheckPasses()
    {
        // The real entry's real sizes; whether safetensors or pickled is told from the content.
        SparseCheckpoint.Write(Path.Combine(_folder.Path, "dino_deitsmall16_pretrain.pth"), "dino-vits16");
        await using var server = await FileServer.Start(_folder.Path);
        var pull = await CommandLine.Cdam("models", "pull", "dino-vits16", "--mirror", server.Address.ToString(), "--models", Models);
        Assert.True(pull.ExitCode == 0, pull.ToString());
        Assert.Equal(Path.Combine(Models, "dino-vits16"), pull.Output.Trim());
        Assert.Contains("Apache-2.0", pull.Error, StringComparison.Ordinal);

        var check = await CommandLine.Cdam("models", "check", "dino-vits16", "--models", Models);
        Assert.True(check.ExitCode == 0, check.ToString());
        string[] steps = ["manifest: dino-vits16", "hashes: 1", "tensors: 150", "catalogue: no hash is published", "forward pass: 384 finite values of the latent", "usable"];
        Assert.All(steps, step => Assert.Contains(step, check.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pull_OfSomethingElse_FailsWithWhatThereIs()
    {
        var unknown = await CommandLine.Cdam("models", "pull", "resnet50", "--models", Models);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("cdam-dino-vits8", unknown.Error, StringComparison.Ordinal);
        var mirror = await CommandLine.Cdam("models", "pull", "dino-vits8", "--models", Models, "--mirror", "ftp://example.org");
        Assert.Equal(1, mirror.ExitCode);
        Assert.Contains("--mirror is \"ftp://example.org\"", mirror.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Models));
    }

    [Fact]
    public async Task Add_OfAFolder_LetsExplainFindItById()
    {
        RandomModel.Write(Small, "small", SmallBackbone.Reference, classes: 7, seed: 1);
        var add = await CommandLine.Cdam("models", "add", Small, "--models", Models, "--link");
        Assert.True(add.ExitCode == 0, add.ToString());
        Assert.Equal(Path.Combine(Small, "model.safetensors"), new FileInfo(Path.Combine(Models, "small", "model.safetensors")).LinkTarget);
        var again = await CommandLine.Cdam("models", "add", Small, "--models", Models);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);

        var sample = Repository.PathOf("services", "Cdam.Cli", "Samples", "still-life.jpg");
        var explain = await CommandLine.Run(
            "env", $"CDAM_MODELS={Models}", "dotnet", Path.Combine(AppContext.BaseDirectory, "Cdam.Cli.dll"),
            "explain", sample, "--model", "small", "--out", Path.Combine(_folder.Path, "out"));
        Assert.True(explain.ExitCode == 0, explain.ToString());
        Assert.True(File.Exists(Path.Combine(_folder.Path, "out", "still-life", "explanation.json")));
    }

    [Fact]
    public async Task Add_OfAFileThatIsNotTheEntrys_IsRefused()
    {
        var path = Path.Combine(_folder.Path, "deit_base_patch16_224-b5f2ef4d.pth");
        SparseCheckpoint.Write(path, "dino-vits16");
        var result = await CommandLine.Cdam("models", "add", path, "--entry", "deit-vitb16", "--models", Models);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("starts with b5f2ef4d", result.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        result = await CommandLine.Cdam("models", "add", path, "--entry", "deit-vitb16", "--backbone", "dino-vits16", "--models", Models);
        Assert.Contains("--backbone is given with --entry", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Models));
    }

    [Fact]
    public async Task Add_OfAnEntrysFile_MakesTheEntrysModel()
    {
        var path = Path.Combine(_folder.Path, "under-another-name.safetensors");
        SparseCheckpoint.Write(path, "dino-vits16");
        var result = await CommandLine.Cdam("models", "add", path, "--entry", "dino-vits16", "--models", Models);
        Assert.True(result.ExitCode == 0, result.ToString());
        var manifest = ModelInspection.Of(Path.Combine(Models, "dino-vits16")).Manifest;
        Assert.Equal(("dino-vits16", "Apache-2.0"), (manifest.Id, manifest.Licence));
    }

    [Fact]
    public async Task Add_OfABareFile_TakesNamesOfOutputs()
    {
        var path = Path.Combine(_folder.Path, "My-Net.safetensors");
        SparseCheckpoint.Write(path, "dino-vits16", "", ("head.weight", [2, 384]), ("head.bias", [2]));
        File.WriteAllLines(Path.Combine(_folder.Path, "names.txt"), ["cat, puss", "dog"]);
        var result = await CommandLine.Cdam("models", "add", path, "--outputs", Path.Combine(_folder.Path, "names.txt"), "--models", Models);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("dino-vits16 with a Linear head under \"head.\" of 2 outputs", result.Error, StringComparison.Ordinal);
        Assert.Equal(["cat, puss", "dog"], ModelManifest.Read(Path.Combine(Models, "my-net")).Outputs!);
    }

    [Fact]
    public async Task Check_OfAChangedFile_FailsWithExitCodeOne()
    {
        RandomModel.Write(Small, "small", SmallBackbone.Reference, classes: 7, seed: 1);
        using (var file = File.OpenWrite(Path.Combine(Small, "model.safetensors")))
        {
            file.Seek(-1, SeekOrigin.End);
            file.WriteByte(1);
        }

        var result = await CommandLine.Cdam("models", "check", Small);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the manifest says", result.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("usable", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfWeightsThatAreNotNumbers_Fails()
    {
        RandomModel.Write(Small, "small", SmallBackbone.Reference, classes: 7, seed: 1);
        var path = Path.Combine(Small, "model.safetensors");
        var content = File.ReadAllBytes(path);
        BitConverter.TryWriteBytes(content.AsSpan(content.Length - 4), float.NaN);
        File.WriteAllBytes(path, content);
        var manifest = ModelManifest.Read(Small);
        (manifest with { Files = [manifest.Files[0] with { Sha256 = ManifestFile.Hash(path) }] }).Write(Small);
        var result = await CommandLine.Cdam("models", "check", Small);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not finite", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AsJsonAndAsATable_HasTheCatalogueAndWhatIsHere()
    {
        RandomModel.Write(Path.Combine(Models, "small"), "small", SmallBackbone.Reference, classes: 7, seed: 1);
        var json = await CommandLine.Cdam("models", "list", "--json", "--models", Models);
        using var list = JsonDocument.Parse(json.Output);
        var swag = list.RootElement.EnumerateArray().Single(model => model.GetProperty("id").GetString() == "torchvision-vitb16-swag");
        Assert.Equal("CC-BY-NC-4.0", swag.GetProperty("licence").GetString());
        Assert.Equal(347495889, swag.GetProperty("bytes").GetInt64());
        Assert.Contains(list.RootElement.EnumerateArray(), model => model.GetProperty("id").GetString() == "small" && model.GetProperty("state").GetString() == "added");
        var table = await CommandLine.Cdam("models", "list", "--models", Models);
        Assert.Matches(@"small +class .*MIT +0 +added", table.Output);
        Assert.Matches(@"deit-vitb16 +class +deit-vitb16 +Apache-2.0 +346 +not pulled", table.Output);
    }
}
