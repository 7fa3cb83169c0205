using System.Text.Json;
using Cdam.Attribution.Models;
using Cdam.System.Tests.Serving;

namespace Cdam.System.Tests.Concepts;

/// <summary><c>cdam concept</c> and <c>cdam explain</c> against what <c>cdam serve</c> runs.</summary>
public sealed class ConceptCommandsTests : IAsyncLifetime
{
    private static readonly string Sample = Repository.PathOf("services", "Cdam.Cli", "Samples", "still-life.jpg");
    private readonly TemporaryFolder _folder = new();
    private ServedProcess _served = null!;

    public async ValueTask InitializeAsync()
    {
        var model = Path.Combine(_folder.Path, "small");
        RandomModel.Write(model, "small", SmallBackbone.Reference, classes: 0, seed: 1);
        var config = Path.Combine(_folder.Path, "serve.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            Gateway = new { ListenHttp = "", Concepts = new { Path = Path.Combine(_folder.Path, "concepts.db") } },
            Evaluator = new { Store = new { Path = Path.Combine(_folder.Path, "evaluator.db") } },
            Logging = new { LogLevel = new { Default = "None" } },
        }));
        _served = await ServedProcess.Start("--listen", "http://127.0.0.1:0", "--device", "cpu", "--model", model, "--config", config);
    }

    public async ValueTask DisposeAsync()
    {
        await _served.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Concept_CreatedByCommand_IsListedShownExplainedAndDeleted()
    {
        var created = await Run("concept", "create", "still", Sample, Sample, Sample, "--model", "small", "--display-name", "Still life");
        Assert.Contains("concepts/still: Still life, the mean latent of 3 pictures, for models/small", created, StringComparison.Ordinal);
        Assert.Contains("farthest: still-life.jpg (1.000)", created, StringComparison.Ordinal); // thrice the same picture
        Assert.Contains("still", await Run("concept", "list"), StringComparison.Ordinal);

        using var shown = JsonDocument.Parse(await Run("concept", "show", "still", "--json"));
        Assert.Equal(48, shown.RootElement.GetProperty("vector").GetArrayLength());
        Assert.Equal(3, shown.RootElement.GetProperty("image_count").GetInt32());

        var output = Path.Combine(_folder.Path, "out");
        await Run("explain", Sample, "--model", "small", "--concept", "still", "--out", output);
        using var summary = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(output, "still-life", "explanation.json"), TestContext.Current.CancellationToken));
        Assert.Equal("cdam.still", summary.RootElement.GetProperty("maps")[0].GetProperty("file").GetString());

        Assert.Contains("concepts/still deleted", await Run("concept", "delete", "still"), StringComparison.Ordinal);
        var gone = await CommandLine.Cdam("concept", "show", "stil", "--server", _served.Gateway);
        Assert.Equal(1, gone.ExitCode);
        Assert.Contains("NotFound", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concept_OfFilesThatAreNoPictures_NamesThem()
    {
        var broken = Path.Combine(_folder.Path, "broken.png");
        File.WriteAllText(broken, "not a picture");

        var result = await CommandLine.Cdam("concept", "create", "still", Sample, broken, "--model", "small", "--server", _served.Gateway);

        Assert.Equal(1, result.ExitCode);
        Assert.All((string[])["broken.png", "1 of 2 pictures cannot be used"], part => Assert.Contains(part, result.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("still", await Run("concept", "list"), StringComparison.Ordinal);
    }

    private async Task<string> Run(params string[] arguments)
    {
        var result = await CommandLine.Cdam([.. arguments, "--server", _served.Gateway]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }
}
