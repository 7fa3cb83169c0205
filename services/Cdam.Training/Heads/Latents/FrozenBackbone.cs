using System.Text.Json;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Training.Heads.Latents;

/// <summary>A model without its head: what a new head is trained on.</summary>
internal sealed class FrozenBackbone : IDisposable
{
    /// <summary>About the tokens that go through the network at once; more would not be faster, and would take more memory.</summary>
    private const int CpuTokens = 1 << 13;
    private const int CudaTokens = 1 << 16;
    private const int MostAtOnce = 64;

    private readonly ExplainableModel _model;

    /// <param name="folder">A model folder of any kind.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda:N</c>.</param>
    /// <exception cref="ModelException">The folder cannot be used.</exception>
    public FrozenBackbone(string folder, string device)
    {
        var original = ModelManifest.Read(folder);
        Folder = folder;
        Manifest = original with
        {
            Kind = ModelKind.Concept,
            Head = HeadKind.None,
            Outputs = null,
            Files = [.. original.Files.Select(WithoutHead).Where(file => file.Prefixes.Count > 0)],
        };
        _model = ExplainableModel.Load(folder, Manifest, new ModelOptions { Device = device });
    }

    /// <summary>Where its files are.</summary>
    public string Folder { get; }

    /// <summary>The folder's manifest, as it would be without the head.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>The architecture.</summary>
    public BackboneConfig Config => _model.Backbone;

    /// <summary>Everything that latents depend on, besides the images.</summary>
    public string Identity => JsonSerializer.Serialize(new { Manifest.Files, Config, Manifest.Preprocessing });

    /// <summary>Side of the square inputs that random crops are brought to, in pixels.</summary>
    public int Side
    {
        get
        {
            var options = Manifest.Preprocessing;
            var side = options.Crop ?? (options.Resize == ResizeMode.Exact ? options.Side : Config.Image);
            return Math.Max(1, side / Config.Patch) * Config.Patch;
        }
    }

    /// <summary>Images that go through at once.</summary>
    public int AtOnce =>
        Math.Clamp((_model.Device == "cpu" ? CpuTokens : CudaTokens) / (Side / Config.Patch * (Side / Config.Patch)), 1, MostAtOnce);

    /// <summary>A picture as the model is given it when it serves.</summary>
    /// <exception cref="ImageException">It cannot be brought to the model's size.</exception>
    /// <exception cref="AttributionException">It would be too large.</exception>
    public PixelImage Prepare(PixelImage picture)
    {
        var prepared = _model.Preprocessor.Prepare(picture).Picture;
        _model.Check(ModelInput.FromPicture(prepared));
        return prepared;
    }

    /// <summary>The final [CLS] of each picture after the last LayerNorm, embedding-dim values.</summary>
    /// <param name="pictures">Of the network's size; those of one size go through together.</param>
    /// <exception cref="ModelException">A value is not finite: the weights are not usable.</exception>
    public float[][] Latents(IReadOnlyList<PixelImage> pictures)
    {
        var latents = new float[pictures.Count][];
        foreach (var group in Enumerable.Range(0, pictures.Count).GroupBy(index => (pictures[index].Width, pictures[index].Height)))
        {
            foreach (var indices in group.Chunk(AtOnce))
            {
                var predictions = _model.Predict([.. indices.Select(index => ModelInput.FromPicture(pictures[index]))]);
                foreach (var (index, prediction) in indices.Zip(predictions))
                {
                    latents[index] = prediction.Latent;
                }
            }
        }

        return Array.TrueForAll(latents, latent => Array.TrueForAll(latent, float.IsFinite))
            ? latents
            : throw new ModelException($"{Folder}: the backbone gives values that are not finite; its weights cannot be used");
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private static ManifestFile WithoutHead(ManifestFile file) => file with
    {
        Prefixes = file.Prefixes.Where(prefix => prefix.Value == ModelPart.Backbone).ToDictionary(),
    };
}
