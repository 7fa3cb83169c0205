using Cdam.Attribution.Explanations;

namespace Cdam.Explainer.Perturbations;

/// <summary>What a stream wants to know of each prediction: some outputs, then similarities with concepts.</summary>
internal sealed record PredictionReadout(IReadOnlyList<int> Outputs, IReadOnlyList<ConceptTarget> Concepts)
{
    public IEnumerable<float> Values(Prediction prediction) =>
        Outputs.Select(output => prediction.Logits[output]).Concat(Concepts.Select(concept => (float)concept.Value(prediction.Latent)));
}
