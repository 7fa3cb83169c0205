using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Tests.Lidc.Volumes;

public sealed class SliceAxisTests
{
    /// <summary>Slices 2 mm apart, one of them missing between 4 and 8.</summary>
    private static readonly SliceAxis Axis = new([0, 2, 4, 8, 10]);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 1.5)]
    [InlineData(4, 2)]
    [InlineData(6, 2.5)]
    [InlineData(7, 2.75)]
    [InlineData(10, 4)]
    [InlineData(-1, -0.5)]
    [InlineData(13, 5.5)]
    public void ToIndex_FollowsTheTruePositions(double position, double index) => Assert.Equal(index, Axis.ToIndex(position));

    [Fact]
    public void MedianSpacing_IsThatOfNeighbours() => Assert.Equal(2, Axis.MedianSpacing);

    [Fact]
    public void Thickness_IsHalfTheWayToEachNeighbour() => Assert.Equal([2, 2, 3, 3, 2], Enumerable.Range(0, 5).Select(Axis.Thickness));
}
