using Cdam.Training.Lidc.Regions;

namespace Cdam.Training.Tests.Lidc.Regions;

public sealed class ExpectedRegionTests
{
    // A disc of radius 5 in a picture, with a strand of one pixel upwards.
    private static readonly NoduleRegions Regions = NoduleRegions.Of(
        [.. Enumerable.Range(0, 32 * 32).Select(i => Disc(i % 32 - 16, i / 32 - 16) || i % 32 == 16 && i / 32 is > 4 and < 16)], 32, 32, 1);

    public static TheoryData<string, int, int, bool> Places => new()
    {
        // output, x and y from the middle (the surface is at 5.5), expected
        { "margin", 0, 0, false },
        { "margin", 5, 0, true },
        { "sphericity", 0, 0, false },
        { "sphericity", 6, 0, true },
        { "lobulation", 2, 0, false },
        { "lobulation", 6, 0, true },
        { "spiculation", 0, -9, true },
        { "spiculation", 0, 0, false },
        { "spiculation", 6, 0, false },
        { "diameter", 0, 0, true },
        { "diameter", 6, 0, false },
        { "texture", 0, 0, true },
        { "texture", 6, 0, false },
        { "calcification", 0, 0, true },
        { "calcification", 6, 0, false },
        { "subtlety", 0, 0, true },
        { "subtlety", 6, 0, true },
        { "subtlety", 9, 0, false },
        { "malignancy", 0, 0, true },
        { "malignancy", 6, 0, true },
        { "malignancy", 0, -11, true },
        { "malignancy", 9, 0, false },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void Of_Output_IsWhereItShows(string output, int x, int y, bool expected) =>
        Assert.Equal(expected, ExpectedRegion.Of(Regions, output)[(y + 16) * 32 + x + 16]);

    [Fact]
    public void Of_UnknownOutput_Refused() =>
        Assert.Contains("\"shape\"", Assert.Throws<ArgumentException>(() => ExpectedRegion.Of(Regions, "shape")).Message, StringComparison.Ordinal);

    private static bool Disc(int x, int y) => x * x + y * y <= 25;
}
