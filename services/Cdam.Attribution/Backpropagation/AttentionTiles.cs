namespace Cdam.Attribution.Backpropagation;

/// <summary>
/// How much of all heads' n × n matrices is held at a time: as much as may be. Products of whole matrices, several at once, keep more
/// cores busy than the cache saves with small tiles, and a GPU has fewer launches.
/// </summary>
/// <param name="Functions">Functions of a tile, 1 to C.</param>
/// <param name="Heads">Heads of a tile, 1 to H.</param>
/// <param name="Rows">Rows of each of its matrices, 1 to n.</param>
internal sealed record AttentionTiles(long Functions, long Heads, long Rows)
{
    // The tile, its weights, and a copy of it while it is looked at.
    private const long Matrices = 3;

    /// <param name="bytes">That a tile may take.</param>
    /// <param name="functions">C</param>
    /// <param name="heads">H</param>
    /// <param name="tokens">n</param>
    public static AttentionTiles Of(long bytes, long functions, long heads, long tokens)
    {
        var values = bytes / (Matrices * sizeof(float));
        var rows = Math.Clamp(values / tokens, 1, tokens);
        var together = Math.Clamp(values / (rows * tokens), 1, heads);
        return new AttentionTiles(Math.Clamp(values / (together * rows * tokens), 1, functions), together, rows);
    }
}
