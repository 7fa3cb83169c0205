using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Maps;

/// <summary>A method's scores laid over the pixels of a picture.</summary>
public sealed class PixelMap
{
    private PixelMap(ReadOnlyMemory<float> scores, ReadOnlyMemory<float> cellScores, TokenGrid cells)
    {
        (Height, Width, Scores) = (cells.Height, cells.Width, scores);
        Cells = (cellScores, cells);
    }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Height × Width finite scores, row-major.</summary>
    public ReadOnlyMemory<float> Scores { get; }

    /// <summary>Patches where all pixels of one have its score, which makes planning cheap; single pixels otherwise.</summary>
    internal (ReadOnlyMemory<float> Scores, TokenGrid Grid) Cells { get; }

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
        return new PixelMap(scores, scores, new TokenGrid(height, width, PatchSize: 1));
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
        ReadOnlyMemory<float> pixels = TokenExpansion.Expand(scores.Span, grid, expansion);
        return expansion == MapExpansion.Repetition
            ? new PixelMap(pixels, scores, grid)
            : new PixelMap(pixels, pixels, new TokenGrid(grid.Height, grid.Width, PatchSize: 1));
    }

    /// <summary>Pixel indices in the order in which they are replaced; see <see cref="Ranking.OfPixels"/>.</summary>
    public int[] Rank(PixelOrder order) => Ranking.OfPixels(Scores.Span, order);
}
