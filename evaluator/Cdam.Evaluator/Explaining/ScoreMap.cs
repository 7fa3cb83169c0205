using Cdam.Scoring.Maps;

namespace Cdam.Evaluator.Explaining;

/// <summary>A method's scores on a picture.</summary>
/// <param name="Method">The method's name, not an alias.</param>
/// <param name="Scores">As the explainer gave them: one for each patch, or for each pixel; finite.</param>
/// <param name="Pixels">The scores laid over the picture.</param>
internal sealed record ScoreMap(string Method, float[] Scores, PixelMap Pixels)
{
    /// <summary>One score for each patch.</summary>
    internal bool IsOfTokens { get; init; }

    /// <summary>The map over the picture, PNG; empty where it was not asked for.</summary>
    internal ReadOnlyMemory<byte> Overlay { get; init; }
}
