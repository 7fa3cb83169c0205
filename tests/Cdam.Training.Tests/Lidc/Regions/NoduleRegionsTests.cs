using Cdam.Training.Lidc.Regions;
using CsCheck;

namespace Cdam.Training.Tests.Lidc.Regions;

public sealed class NoduleRegionsTests
{
    private const int Side = 32;
    private static readonly bool[] Ball = Voxels((x, y, z) => x * x + y * y + z * z <= 36);

    // A ball of 6 mm with a strand of 1 voxel to the right, from x = 7 to x = 12.
    private static readonly bool[] Spiked = Voxels((x, y, z) => x * x + y * y + z * z <= 36 || y == 0 && z == 0 && x is > 0 and <= 12);

    private static readonly NoduleRegions OfBall = NoduleRegions.Of(Ball, Side, Side, Side);
    private static readonly NoduleRegions OfSpiked = NoduleRegions.Of(Spiked, Side, Side, Side);

    [Fact]
    public void Body_IsTheMask() => Assert.Equal(Ball, OfBall.Body);

    // Voxels along x from the middle of a ball that ends between 6 and 7: the surface is at 6.5.
    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(7, true)]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void Edge_Ball_IsWithinAMillimetreAndAHalfOfTheSurface(int x, bool expected) =>
        Assert.Equal(expected, OfBall.Edge[Index(x, 0, 0)]);

    [Fact]
    public void Core_Ball_IsTheBodyWithoutTheEdge()
    {
        var regions = OfBall;

        Assert.Equal(regions.Body.Zip(regions.Edge, (body, edge) => body && !edge), regions.Core);
        Assert.True(regions.Core[Index(0, 0, 0)]);
    }

    [Fact]
    public void Core_NoduleThatIsEdgeThroughout_IsItsDeepestVoxel()
    {
        var small = Voxels((x, y, z) => Math.Abs(x) + Math.Abs(y) + Math.Abs(z) <= 1);

        Assert.Equal([Index(0, 0, 0)], Inside(NoduleRegions.Of(small, Side, Side, Side).Core));
    }

    [Theory]
    [InlineData(4, 0, false)]
    [InlineData(8, 0, true)]
    [InlineData(12, 0, true)]
    [InlineData(13, 0, true)] // a voxel around
    [InlineData(14, 0, false)]
    [InlineData(10, 1, true)]
    [InlineData(10, 2, false)]
    [InlineData(-8, 0, false)]
    public void Spicules_BallWithAStrand_AreTheStrandAndAVoxelAround(int x, int y, bool expected) =>
        Assert.Equal(expected, OfSpiked.Spicules[Index(x, y, 0)]);

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Spicules_Ball_AreWhereThinOnesWouldLie(int x, bool expected) =>
        Assert.Equal(expected, OfBall.Spicules[Index(x, 0, 0)]);

    [Fact]
    public void Spicules_NoduleThinnerThanTheBall_AreOutside()
    {
        var thin = Voxels((x, y, z) => y == 0 && z == 0 && Math.Abs(x) < 5);
        var regions = NoduleRegions.Of(thin, Side, Side, Side);

        Assert.DoesNotContain(true, regions.Spicules.Zip(regions.Body, (spicule, body) => spicule && body));
        Assert.True(regions.Spicules[Index(0, 2, 0)]);
    }

    [Fact]
    public void Surroundings_Any_AreWhatIsNothingElse()
    {
        var regions = OfSpiked;

        Assert.Equal(
            Enumerable.Range(0, Spiked.Length).Select(i => !regions.Body[i] && !regions.Edge[i] && !regions.Spicules[i]),
            regions.Surroundings);
        Assert.True(regions.Surroundings[Index(0, 12, 0)]);
    }

    [Fact]
    public void Slice_Disc_HasTheEdgeOfADisc()
    {
        bool[] disc = [.. Ball.Skip(Index(0, 0, 0) / (Side * Side) * Side * Side).Take(Side * Side)];
        var edge = NoduleRegions.Of(disc, Side, Side, 1).Edge;

        Assert.Equal(Enumerable.Range(0, 4).Select(i => i + 16 + 5), Enumerable.Range(16, 16).Where(x => edge[16 * Side + x]));
    }

    [Fact]
    public void Of_EmptyMask_Refused() =>
        Assert.Contains("no voxel", Assert.Throws<ArgumentException>(() => NoduleRegions.Of(new bool[8], 2, 2, 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_MaskOfOtherLength_Refused() =>
        Assert.Contains("2 × 2 × 2 = 8", Assert.Throws<ArgumentException>(() => NoduleRegions.Of(new bool[9], 2, 2, 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void DistanceTo_RandomMasks_IsTheNearestOfAll() => Gen.Bool.Array[60].Where(mask => mask.Contains(true)).Sample(mask =>
    {
        var distances = new MaskGeometry(5, 4, 3).DistanceTo(mask);
        for (var i = 0; i < mask.Length; i++)
        {
            var nearest = Enumerable.Range(0, mask.Length).Where(j => mask[j])
                .Min(j => Square(i % 5 - j % 5) + Square(i / 5 % 4 - j / 5 % 4) + Square(i / 20 - j / 20));
            Assert.Equal(Math.Sqrt(nearest), distances[i]);
        }
    }, iter: 200);

    private static int Square(int x) => x * x;

    private static int Index(int x, int y, int z) => ((z + 16) * Side + y + 16) * Side + x + 16;

    private static bool[] Voxels(Func<int, int, int, bool> inside) =>
        [.. Enumerable.Range(0, Side * Side * Side).Select(i => inside(i % Side - 16, i / Side % Side - 16, i / Side / Side - 16))];

    private static IEnumerable<int> Inside(IReadOnlyList<bool> region) => Enumerable.Range(0, region.Count).Where(i => region[i]);
}
