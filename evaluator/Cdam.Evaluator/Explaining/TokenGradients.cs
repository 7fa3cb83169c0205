namespace Cdam.Evaluator.Explaining;

/// <summary>The tokens of the final attention and the target's gradient with respect to them.</summary>
/// <param name="Tokens">T, tokens × Dim, [CLS] first.</param>
/// <param name="Gradients">∂f/∂T, likewise.</param>
/// <param name="Dim">Width of a token.</param>
internal sealed record TokenGradients(float[] Tokens, float[] Gradients, int Dim);
