using Cdam.Attribution.Models;
using Cdam.Explainer.Tests.Running;
using Microsoft.Extensions.Options;

namespace Cdam.Explainer.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public void Build_ManyFaultyOptions_NamesAllInOneMessage()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => ExplainerHost.Build(
        [
            "--Explainer:Listen=https://localhost", "--Explainer:Threads=many", "--Explainer:QueueCapacity=0", "--Explainer:MaxImageBytes=999999999999",
            "--Explainer:BatchWindow=00:01:00", "--Explainer:Device=gpu", "--Explainer:Colour=red", "--Explainer:ComputeType=Float8",
        ]));
        string[] faults =
        [
            "Explainer:Listen (https://localhost) must be", "Explainer:Threads (many) must be of type Int32", "Explainer:QueueCapacity (0) must be 1 to 65536",
            "Explainer:MaxImageBytes (999999999999) must be 1024 to 67108864", "Explainer:BatchWindow (00:01:00) must be", "Explainer:Device (gpu) must be",
            "Explainer:Colour (red) must be removed", "Explainer:ComputeType (Float8) must be", "Explainer:ModelsDirectory (not set) must be",
        ];
        Assert.All(faults, fault => Assert.Contains(fault, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_BrokenModels_FailsAndNamesEachFolder()
    {
        using var root = new TemporaryFolder();
        ModelFolderWriter.WriteAll(root.Path);
        File.WriteAllText(Path.Combine(root.Path, "wide", ModelManifest.FileName), "{}");
        File.AppendAllText(Path.Combine(root.Path, "dino", "model.safetensors"), "x");
        ModelFolderWriter.Write(root.Path, "twin", "dino-linear", manifest => manifest with { Id = "dino-concept" });
        await using var app = RunningExplainer.Build("--Explainer:ModelsDirectory=" + root.Path);
        var exception = await Assert.ThrowsAsync<ModelException>(() => app.StartAsync(TestContext.Current.CancellationToken));
        Assert.All(["3 of 4", "wide", "dino/model.safetensors: SHA-256", "twin: id \"dino-concept\""], part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_NoModels_Fails()
    {
        using var root = new TemporaryFolder();
        await using var app = RunningExplainer.Build("--Explainer:ModelsDirectory=" + root.Path);
        await Assert.ThrowsAsync<ModelException>(() => app.StartAsync(TestContext.Current.CancellationToken));
    }
}
