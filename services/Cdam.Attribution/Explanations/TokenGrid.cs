namespace Cdam.Attribution.Explanations;

/// <summary>How tokens lie over the picture: token <c>Prefix + row × Columns + column</c> is the patch at (row, column).</summary>
/// <param name="Rows">Patches down.</param>
/// <param name="Columns">Patches across.</param>
/// <param name="Patch">Side of a patch, pixels.</param>
/// <param name="Prefix">Tokens before the first patch: [CLS] and registers.</param>
public sealed record TokenGrid(int Rows, int Columns, int Patch, int Prefix)
{
    /// <summary>Number of patches.</summary>
    public int Patches => Rows * Columns;

    /// <summary>Number of tokens.</summary>
    public int Tokens => Prefix + Patches;
}
