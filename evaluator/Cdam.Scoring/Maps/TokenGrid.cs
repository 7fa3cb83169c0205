namespace Cdam.Scoring.Maps;

/// <summary>How patches lie over a picture.</summary>
/// <param name="Rows">Patches down.</param>
/// <param name="Columns">Patches across.</param>
/// <param name="PatchSize">Side of a patch, pixels.</param>
internal readonly record struct TokenGrid(int Rows, int Columns, int PatchSize)
{
    internal int Height => Rows * PatchSize;

    internal int Width => Columns * PatchSize;

    /// <exception cref="ArgumentException">The grid is empty or too large, or has not one score for each patch.</exception>
    internal static TokenGrid Of(int scores, int rows, int columns, int patchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(patchSize, 1);
        if (scores != (long)rows * columns)
        {
            throw new ArgumentException($"{scores} scores; {rows} × {columns} are needed.", nameof(scores));
        }

        return (Int128)scores * patchSize * patchSize <= Array.MaxLength
            ? new TokenGrid(rows, columns, patchSize)
            : throw new ArgumentException($"{rows} × {columns} patches of side {patchSize} are more pixels than {Array.MaxLength}.", nameof(patchSize));
    }
}
