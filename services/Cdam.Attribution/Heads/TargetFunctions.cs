using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Explanations;
using static TorchSharp.torch;

namespace Cdam.Attribution.Heads;

/// <summary>C scalar functions of the latent: some outputs of the head, then some concepts.</summary>
/// <param name="head">Null for a model without head; <paramref name="outputs"/> is empty then.</param>
/// <param name="outputs">Positions in the logits.</param>
/// <param name="concepts">Concepts, each with a vector of d values.</param>
/// <param name="device">Where the latents are.</param>
internal sealed class TargetFunctions(IHead? head, IReadOnlyList<int> outputs, IReadOnlyList<ConceptTarget> concepts, Device device)
{
    /// <summary>C</summary>
    public int Count => outputs.Count + concepts.Count;

    /// <param name="latent">S × d</param>
    /// <returns>S × C</returns>
    public Tensor Values(Tensor latent)
    {
        var parts = new List<Tensor>();
        if (outputs.Count > 0)
        {
            parts.Add(head!.Logits(latent).index_select(1, Indices()));
        }

        parts.AddRange(concepts.Select(concept => ConceptFunctions.Value(latent, Vector(concept), concept.Similarity).unsqueeze(1)));
        return parts.Count == 1 ? parts[0] : cat(parts, 1);
    }

    /// <param name="latent">S × d</param>
    /// <returns>∂f/∂l, S × C × d, or 1 × C × d where no function's gradient depends on l.</returns>
    public Tensor Gradients(Tensor latent)
    {
        var parts = new List<Tensor>();
        if (outputs.Count > 0)
        {
            parts.Add(head!.Gradient(latent, Indices()));
        }

        parts.AddRange(concepts.Select(concept => ConceptFunctions.Gradient(latent, Vector(concept), concept.Similarity).unsqueeze(1)));
        var samples = parts.Max(part => part.shape[0]);
        return parts.Count == 1 ? parts[0] : cat([.. parts.Select(part => part.expand(samples, -1, -1))], 1);
    }

    /// <summary>How each function's relevance of 1 spreads over the latent's coordinates by layer-wise relevance propagation.</summary>
    /// <param name="latent">1 × d</param>
    /// <returns>C × d</returns>
    public Tensor Relevance(Tensor latent)
    {
        var parts = new List<Tensor>();
        if (outputs.Count > 0)
        {
            parts.Add(head!.Relevance(latent, Indices()));
        }

        // A similarity is taken as the linear function that touches it at l; the dot product is that function itself.
        parts.AddRange(concepts.Select(concept =>
            RelevanceRules.Shares(ConceptFunctions.Gradient(latent, Vector(concept), concept.Similarity), latent)));
        return parts.Count == 1 ? parts[0] : cat(parts);
    }

    private Tensor Indices() => tensor(outputs.Select(output => (long)output).ToArray(), device: device);

    /// <summary>Copied into torch's own, aligned memory: where the array happens to lie would change the last digits of products otherwise.</summary>
    private Tensor Vector(ConceptTarget concept) => tensor(concept.Vector).to(ScalarType.Float32, device, copy: true);
}
