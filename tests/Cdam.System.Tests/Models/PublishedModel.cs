using Cdam.Attribution.Catalogue;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Cli.Models;
using Cdam.System.Tests.Downloads;
using Spectre.Console;

namespace Cdam.System.Tests.Models;

/// <summary>A small model as if it were published: its file in a folder to be served, its entry, and a place to pull it to.</summary>
internal sealed class PublishedModel : IDisposable
{
    private readonly TemporaryFolder _served = new();
    private readonly TemporaryFolder _models = new();
    private readonly StringWriter _console = new();

    public PublishedModel()
    {
        RandomModel.Write(_served.Path, "small", SmallBackbone.Reference, classes: 0, seed: 1);
        File.Move(Path.Combine(_served.Path, "model.safetensors"), Checkpoint);
    }

    /// <summary>The served folder.</summary>
    public string Served => _served.Path;

    /// <summary>The served checkpoint.</summary>
    public string Checkpoint => Path.Combine(_served.Path, "small.pth");

    /// <summary>Where models go.</summary>
    public ModelLocations Locations => new(_models.Path, shipped: Path.Combine(_models.Path, "none"));

    /// <summary>Where the model goes.</summary>
    public string Target => Path.Combine(_models.Path, "small");

    /// <summary>What was written to the console so far.</summary>
    public string Written => _console.ToString();

    /// <summary>The entry, with nothing known of the file.</summary>
    public CatalogueEntry Entry { get; } = new()
    {
        Id = "small",
        DisplayName = "a small one",
        Kind = ModelKind.Concept,
        Backbone = SmallBackbone.Reference,
        Head = HeadKind.None,
        File = new CatalogueFile
        {
            Address = new Uri("https://example.org/published/small.pth"),
            Prefixes = new Dictionary<string, ModelPart> { ["backbone."] = ModelPart.Backbone },
        },
        Preprocessing = new PreprocessingOptions { Side = 32, Crop = 32 },
        Licence = "MIT",
        Source = new Uri("https://example.org"),
    };

    /// <summary>The entry with this known of the file.</summary>
    public CatalogueEntry With(string? sha256 = null, long? size = null) => Entry with { File = Entry.File with { Sha256 = sha256, Size = size } };

    /// <summary>Pulls an entry.</summary>
    public async Task<string> Pull(Uri mirror, CatalogueEntry? entry = null, int attempts = 3)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Synchronized(_console)), Interactive = InteractionSupport.No });
        console.Profile.Width = 1000;
        return await new ModelPull(Locations, DownloadFolder.Settings with { Attempts = attempts }, mirror, console)
            .Run(entry ?? Entry, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _served.Dispose();
        _models.Dispose();
        _console.Dispose();
    }
}
