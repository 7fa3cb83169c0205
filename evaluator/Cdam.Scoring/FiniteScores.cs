namespace Cdam.Scoring;

/// <summary>Refuses scores that no ranking or metric can use.</summary>
internal static class FiniteScores
{
    internal static void Check(ReadOnlySpan<float> scores)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            if (!float.IsFinite(scores[i]))
            {
                throw new ArgumentException($"scores[{i}] is {scores[i]}; scores must be finite.", nameof(scores));
            }
        }
    }
}
