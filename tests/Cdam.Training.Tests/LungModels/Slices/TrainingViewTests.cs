using Cdam.Attribution.Volumes;
using Cdam.Randomness;
using Cdam.Training.LungModels.Slices;

namespace Cdam.Training.Tests.LungModels.Slices;

public sealed class TrainingViewTests
{
    private const int Last = 31;

    /// <summary>Every voxel says where it is: 1024 z + 32 y + x.</summary>
    private static readonly VolumeCrop Places = new(Enumerable.Range(0, 32768).Select(place => (short)place).ToArray());

    [Theory]
    [InlineData(SliceView.Axial, 15, 1024, 32, 1)]
    [InlineData(SliceView.Coronal, 14, 32, 1024, 1)]
    [InlineData(SliceView.Sagittal, 18, 1, 1024, 32)]
    public void Of_EachViewAndTurn_TakesExactlyTheRightVoxels(SliceView view, int slice, int fixedStep, int rowStep, int columnStep)
    {
        for (var turns = 0; turns < 4; turns++)
        {
            var voxels = new TrainingView(view, slice, turns).Of(Places).Voxels.ToArray();
            for (var row = 0; row <= Last; row++)
            {
                for (var column = 0; column <= Last; column++)
                {
                    // Where a pixel was before it was turned anticlockwise: the top left one was at the top right, and so on.
                    var (y, x) = turns switch
                    {
                        0 => (row, column),
                        1 => (column, Last - row),
                        2 => (Last - row, Last - column),
                        _ => (Last - column, row),
                    };
                    Assert.Equal(slice * fixedStep + y * rowStep + x * columnStep, voxels[row * 32 + column]);
                }
            }
        }
    }

    [Fact]
    public void Draw_GivesEachOfThe60ViewsAboutAsOften()
    {
        var random = new RandomStream(seed: 3, stream: 0);
        var counts = Enumerable.Range(0, 60_000).Select(_ => TrainingView.Draw(random)).CountBy(view => view).ToDictionary();
        Assert.Equal(60, counts.Count);
        Assert.Equal([14, 15, 16, 17, 18], counts.Keys.Select(view => view.Slice).Distinct().Order());

        // Six standard deviations of a count whose mean is 1000.
        Assert.All(counts.Values, count => Assert.InRange(count, 1000 - 190, 1000 + 190));
    }
}
