namespace Cdam.Evaluator.Explaining;

/// <summary>A method's scores on a picture.</summary>
/// <param name="Method">The method's name, not an alias.</param>
/// <param name="Scores">As the explainer gave them: one for each patch, or for each pixel; finite.</param>
/// <param name="PixelScores">One for each pixel, row-major.</param>
internal sealed record ScoreMap(string Method, float[] Scores, float[] PixelScores);
