namespace Cdam.Attribution.Explanations;

/// <summary>What the model says of one input.</summary>
/// <param name="Logits">All outputs; empty for a model without head.</param>
/// <param name="Latent">The final [CLS] after the last LayerNorm, embedding-dim values.</param>
public sealed record Prediction(float[] Logits, float[] Latent);
