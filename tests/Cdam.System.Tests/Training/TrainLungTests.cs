using Cdam.Attribution.Models;

namespace Cdam.System.Tests.Training;

public sealed class TrainLungTests
{
    [Fact]
    public async Task Train_OnImportedPhantoms_WritesModelsThatExplainANodule()
    {
        using var folder = new TemporaryFolder();
        var (data, backbone) = (Path.Combine(folder.Path, "nodules"), Path.Combine(folder.Path, "backbone"));
        RandomModel.Write(backbone, "backbone", SmallBackbone.Reference, classes: 0, seed: 1);
        await Run("lidc", "phantom", Path.Combine(folder.Path, "phantoms"), "--patients", "12", "--seed", "3", "--matrix", "192");
        await Run("lidc", "import", Path.Combine(folder.Path, "phantoms"), "--out", data);
        foreach (var (kind, figure) in ((string, string)[])[("malignancy", "auc"), ("biomarkers", "mse")])
        {
            var output = Path.Combine(folder.Path, kind);
            var printed = await Run("train", kind, "--data", data, "--backbone", backbone, "--out", output, "--epochs", "1", "--float32", "--trainable-tensors", "4");
            Assert.Contains(figure, printed, StringComparison.Ordinal);
            using (var model = ExplainableModel.Load(output, new ModelOptions { Device = "cpu" }))
            {
                Assert.False(model.Manifest.Volume is null);
            }

            var nodule = Directory.GetFiles(Path.Combine(data, "nodules"), "*.safetensors").Order(StringComparer.Ordinal).First();
            await Run("lidc", "explain", nodule, "--model", output, "--out", Path.Combine(folder.Path, $"maps-{kind}"));
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder.Path, $"maps-{kind}"), "*.npy", SearchOption.AllDirectories));
        }

        var refused = await CommandLine.Cdam(
            "train", "malignancy", "--data", data, "--backbone", backbone, "--out", Path.Combine(folder.Path, "none"), "--trainable-tensors", "999");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("trainable tensors is 999; must be", refused.Error, StringComparison.Ordinal);
    }

    private static async Task<string> Run(params string[] arguments)
    {
        var result = await CommandLine.Cdam(arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }
}
