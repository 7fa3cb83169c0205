using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Backpropagation;
using Cdam.Attribution.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Methods;

/// <summary>
/// Relevance propagation: R = I, then for each block from the first to the last
/// <code>R ← R + Ā R,  Ā = mean over heads of max(0, A ⊙ ∂f/∂A)</code>
/// and of the result the row of [CLS]. C × patches, not negative. That row alone is carried, from the last block to the first,
/// r ← r + r Ā: O(n²) a block where the whole product takes O(n³), and in the order in which a derivative by hand
/// (<see cref="NetworkBackward"/>) meets the blocks, so that no attention and no gradient of it outlives its head. The forward pass
/// is recorded instead of repeated. A target costs about two forward passes beside it; derivatives are float32 on every device.
/// </summary>
internal sealed class RelevancePropagationMethod : IAttributionMethod
{
    public MethodDescription Description { get; } = new()
    {
        Name = "relevance-propagation",
        Aliases = ["relevance_propagation", "rp", "chefer", "transformer-attribution"],
        DisplayName = "Relevance propagation",
        Summary = "R ← R + mean over heads of max(0, A ⊙ ∂f/∂A) R, block by block; the row of [CLS].",
        Reference = "Chefer, Gur, Wolf 2021 (arXiv 2103.15679), for ViT; Chefer, Gur, Wolf 2021 (arXiv 2012.09838)",
        Departures = "None from the rule that takes attention itself; arXiv 2012.09838 has its LRP relevance in A's place.",
        Cost = "The forward pass, and about two more for each target; no automatic differentiation.",
        DefinitionVersion = "1",
        Signed = false,
        ClassDiscriminative = true,
    };

    public MethodRequest Defaults { get; } = new("relevance-propagation");

    public bool NeedsTrace => true;

    public MapTensors Explain(ImageState image, MethodRequest parameters, bool heads)
    {
        var gradients = image.Targets.Gradients(image.ClassToken.Latent);                   // 1 × C × d
        var rows = new List<Tensor>();
        var size = Math.Max(1, image.SampleBytes / NetworkBackward.BytesOf(image));
        for (long first = 0; first < image.Targets.Count; first += size)
        {
            image.ThrowIfCancelled();
            rows.Add(ClassRows(image, gradients.narrow(1, first, Math.Min(size, image.Targets.Count - first))));
        }

        return new MapTensors(image.Patches(rows.Count == 1 ? rows[0] : cat(rows)));
    }

    /// <summary>The row of [CLS] for some of the targets, C × n.</summary>
    private static Tensor ClassRows(ImageState image, Tensor latentGradients)
    {
        using var scope = NewDisposeScope();
        var network = new NetworkBackward(image, latentGradients);
        var rows = network.FinalAttention().ClampMinInPlace(0).mean([1]);
        rows.select(1, 0).AddInPlace(1);
        var step = zeros_like(rows);
        network.Visit(
            tile => Carry(tile, rows, step),
            () =>
            {
                rows.AddInPlace(step, 1.0 / image.Block.Heads);
                step.zero_();
            });
        return rows.MoveToOuterDisposeScope();
    }

    /// <summary>Adds r max(0, A ⊙ ∂f/∂A) of a tile, summed over its heads: one product with its matrices on top of each other.</summary>
    private static void Carry(AttentionTile tile, Tensor rows, Tensor step)
    {
        var (functions, heads, count) = (tile.Weighted.shape[0], tile.Weighted.shape[1], tile.Weighted.shape[2]);
        var part = rows.narrow(0, tile.Function, functions).narrow(1, tile.Row, count).repeat(1, heads).unsqueeze(1);       // c × 1 × h·r
        step.narrow(0, tile.Function, functions).AddInPlace(part.matmul(tile.Weighted.ClampMin(0).flatten(1, 2)).squeeze(1));
    }
}
