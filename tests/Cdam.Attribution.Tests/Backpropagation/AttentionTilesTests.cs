using Cdam.Attribution.Backpropagation;
using CsCheck;

namespace Cdam.Attribution.Tests.Backpropagation;

/// <summary>The budget is kept and used: rows first, then heads, then functions.</summary>
public sealed class AttentionTilesTests
{
    private const long Matrices = 3;

    [Fact]
    public void Of_AnyBudget_IsKeptUnlessOneRowIsTooMuch() =>
        Gen.Select(Gen.Long[1, 1L << 32], Gen.Long[1, 50], Gen.Long[1, 24], Gen.Long[1, 5000]).Sample((bytes, functions, heads, tokens) =>
        {
            var tiles = AttentionTiles.Of(bytes, functions, heads, tokens);
            var row = Matrices * sizeof(float) * tokens;
            Assert.InRange(row * tiles.Rows * tiles.Heads * tiles.Functions, row, Math.Max(bytes, row));
            Assert.InRange(tiles.Rows, 1, tokens);
            Assert.InRange(tiles.Heads, 1, tiles.Rows == tokens ? heads : 1);
            Assert.InRange(tiles.Functions, 1, tiles.Heads == heads ? functions : 1);
        });

    [Fact]
    public void Of_EnoughForAll_IsOneTile() =>
        Assert.Equal(new AttentionTiles(5, 6, 197), AttentionTiles.Of(Matrices * sizeof(float) * 5 * 6 * 197 * 197, 5, 6, 197));
}
