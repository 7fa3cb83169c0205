using Cdam.Scoring.Maps;

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
    internal static void Reverse(ReadOnlySpan<int> ranking, ReadOnlySpan<float> scores, Span<int> reversed)
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

    /// <summary>Ranks the pixels of a token map expanded by repetition, least important first, without sorting them.</summary>
    internal static void OfTokens(ReadOnlySpan<float> scores, TokenGrid grid, Span<int> ranking)
    {
        var tokens = new int[scores.Length];
        ScoreSort.Ascending(scores, tokens);
        for (int first = 0, end; first < tokens.Length; first = end)
        {
            end = first + 1;
            while (end < tokens.Length && scores[tokens[end]] == scores[tokens[first]])
            {
                end++;
            }

            ranking = AppendTied(tokens.AsSpan(first, end - first), grid, ranking);
        }
    }

    /// <summary>Tied patches that lie side by side share rows of pixels, and pixels come by their indices.</summary>
    /// <returns>What remains to be filled.</returns>
    private static Span<int> AppendTied(ReadOnlySpan<int> tokens, TokenGrid grid, Span<int> unfilled)
    {
        for (int first = 0, end; first < tokens.Length; first = end)
        {
            var row = tokens[first] / grid.Columns;
            end = first + 1;
            while (end < tokens.Length && tokens[end] / grid.Columns == row)
            {
                end++;
            }

            unfilled = AppendRow(tokens[first..end], row, grid, unfilled);
        }

        return unfilled;
    }

    private static Span<int> AppendRow(ReadOnlySpan<int> tokens, int row, TokenGrid grid, Span<int> unfilled)
    {
        var patch = grid.PatchSize;
        for (var y = row * patch; y < (row + 1) * patch; y++)
        {
            foreach (var token in tokens)
            {
                var pixel = (y * grid.Width) + (token % grid.Columns * patch);
                for (var x = 0; x < patch; x++)
                {
                    unfilled[x] = pixel + x;
                }

                unfilled = unfilled[patch..];
            }
        }

        return unfilled;
    }
}
