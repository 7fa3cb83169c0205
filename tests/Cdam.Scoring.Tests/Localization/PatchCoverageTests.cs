using Cdam.Scoring.Localization;

namespace Cdam.Scoring.Tests.Localization;

public sealed class PatchCoverageTests
{
    [Fact]
    public void Of_CountsThePixelsOfEachCell()
    {
        byte[] mask =
        [
            1, 1, 0, 0,
            1, 1, 0, 1,
            0, 0, 0, 0,
            0, 0, 7, 7,
        ];

        Assert.Equal([1f, 0.25f, 0f, 0.5f], PatchCoverage.Of(mask, 4, 4, 2, 2));
    }

    [Fact]
    public void Of_WideMask_KeepsRowsAndColumnsApart() =>
        Assert.Equal([0f, 1f, 0f], PatchCoverage.Of([0, 0, 1, 1, 0, 0], height: 1, width: 6, rows: 1, columns: 3));

    [Theory]
    [InlineData(15, 4, 4, 2)]
    [InlineData(16, 4, 4, 3)]
    public void Of_SizesThatDoNotFit_Refused(int bytes, int height, int width, int rows) =>
        Assert.Throws<ArgumentException>(() => PatchCoverage.Of(new byte[bytes], height, width, rows, 2));
}
