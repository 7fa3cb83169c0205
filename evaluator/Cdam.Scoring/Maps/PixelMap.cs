using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Maps;

/// <summary>A method's scores laid over the pixels of a picture.</summary>
public sealed class PixelMap
{
    // Set where the scores of whole patches are equal: ranking tokens is far cheaper than ranking their pixels.
    private readonly (ReadOnlyMemory<float> Scores, TokenGrid Grid)? _tokens;

    private PixelMap(int height, int width, ReadOnlyMemory<float> scores, (ReadOnlyMemory<float>, TokenGrid)? tokens)
    {
        (Height, Width, Scores) = (height, width, scores);
        _tokens = tokens;
    }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Height × Width finite scores, row-major.</summary>
    public ReadOnlyMemory<float> Scores { get; }

    /// <summary>Takes a map that has a score for each pixel.</summary>
    /// <param name="scores">height × width, row-major, finite. Not copied: must not change afterwards.</param>
    /// <param name="height">At least 1.</param>
    /// <param name="width">At least 1.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, or a score is not finite.</exception>
    public static PixelMap OfPixels(ReadOnlyMemory<float> scores, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (scores.Length != (long)height * width)
        {
            throw new ArgumentException($"{scores.Length} scores; {height} × {width} are needed.", nameof(scores));
        }

        FiniteScores.Check(scores.Span);
        return new PixelMap(height, width, scores, tokens: null);
    }

    /// <summary>Lays a map that has a score for each patch over the pixels.</summary>
    /// <param name="scores">rows × columns, row-major, finite. Not copied: must not change afterwards.</param>
    /// <param name="rows">Patches down, at least 1.</param>
    /// <param name="columns">Patches across, at least 1.</param>
    /// <param name="patchSize">Side of a patch, pixels, at least 1.</param>
    /// <param name="expansion">How a pixel's score comes from the patches'.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, or a score is not finite.</exception>
    public static PixelMap OfTokens(ReadOnlyMemory<float> scores, int rows, int columns, int patchSize, MapExpansion expansion = MapExpansion.Repetition)
    {
        var grid = TokenGrid.Of(scores.Length, rows, columns, patchSize);
        FiniteScores.Check(scores.Span);
        var pixels = TokenExpansion.Expand(scores.Span, grid, expansion);
        return new PixelMap(grid.Height, grid.Width, pixels, expansion == MapExpansion.Repetition ? (scores, grid) : null);
    }

    /// <summary>Pixel indices in the order in which they are replaced; see <see cref="Ranking.OfPixels"/>.</summary>
    public int[] Rank(PixelOrder order)
    {
        var (least, most) = (new int[Scores.Length], new int[Scores.Length]);
        Rank(least, most);
        return order == PixelOrder.LeastImportantFirst ? least : most;
    }

    /// <summary>Fills the rankings of both orders.</summary>
    internal void Rank(Span<int> leastImportantFirst, Span<int> mostImportantFirst)
    {
        if (_tokens is { } tokens)
        {
            Ranking.OfTokens(tokens.Scores.Span, tokens.Grid, leastImportantFirst);
        }
        else
        {
            ScoreSort.Ascending(Scores.Span, leastImportantFirst);
        }

        Ranking.Reverse(leastImportantFirst, Scores.Span, mostImportantFirst);
    }
}
