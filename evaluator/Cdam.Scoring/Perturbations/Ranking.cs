namespace Cdam.Scoring.Perturbations;

/// <summary>Ranks the pixels of a picture by their scores. Equal scores keep the lower pixel index first, in both orders.</summary>
public static class Ranking
{
    /// <summary>Pixel indices (row × width + column) in the order in which they are replaced.</summary>
    /// <param name="scores">A score for each pixel, row-major, finite.</param>
    /// <param name="order">Which end comes first.</param>
    public static int[] OfPixels(ReadOnlySpan<float> scores, PixelOrder order)
    {
        FiniteScores.Check(scores);
        var ascending = new int[scores.Length];
        ScoreSort.Ascending(scores, ascending);
        if (order == PixelOrder.LeastImportantFirst)
        {
            return ascending;
        }

        var ranking = new int[scores.Length];
        Reverse(ascending, scores, ranking);
        return ranking;
    }

    /// <summary>Fills the ranking of the other order: backwards, but ties keep their order.</summary>
    private static void Reverse(ReadOnlySpan<int> ranking, ReadOnlySpan<float> scores, Span<int> reversed)
    {
        for (int end = ranking.Length, first; end > 0; end = first)
        {
            first = end - 1;
            var score = scores[ranking[first]];
            while (first > 0 && scores[ranking[first - 1]] == score)
            {
                first--;
            }

            ranking[first..end].CopyTo(reversed);
            reversed = reversed[(end - first)..];
        }
    }
}
