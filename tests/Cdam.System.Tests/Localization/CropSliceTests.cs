using Cdam.Cli.Localization;
using Cdam.V1;

namespace Cdam.System.Tests.Localization;

public sealed class CropSliceTests
{
    private const int Side = 32;

    [Theory]
    [InlineData(View.Axial, 16, 3, 5)]
    [InlineData(View.Coronal, 3, 16, 5)]
    [InlineData(View.Sagittal, 3, 5, 16)]
    public void Voxel_LiesWhereTheWireContractSays(View view, int z, int y, int x) =>
        Assert.Equal((z * Side + y) * Side + x, CropSlice.Voxel(view, row: 3, column: 5));

    [Fact]
    public void Coverage_GridThatDoesNotDivideTheCrop_SharesVoxelsOut()
    {
        var region = new bool[Side * Side * Side];
        region[CropSlice.Voxel(View.Axial, 0, 0)] = true;
        region[CropSlice.Voxel(View.Axial, 0, 2)] = true;

        var coverage = CropSlice.Coverage(region, View.Axial, rows: 14, columns: 14);

        // A cell is 16/7 voxels wide: the first holds voxel 0 and 2/7 of voxel 2, the second the rest of it.
        Assert.Equal(49.0 / 256 * (1 + 2.0 / 7), coverage[0], 5);    // float32
        Assert.Equal(49.0 / 256 * (5.0 / 7), coverage[1], 5);
        Assert.Equal(0, coverage.Skip(2).Sum());
    }

    [Fact]
    public void Coverage_OfAMapWithACellAPixel_IsEachVoxelRepeated()
    {
        var region = new bool[Side * Side * Side];
        region[CropSlice.Voxel(View.Sagittal, 1, 2)] = true;

        var coverage = CropSlice.Coverage(region, View.Sagittal, rows: 224, columns: 224);

        Assert.Equal(7 * 7, coverage.Sum());
        Assert.All(Enumerable.Range(0, coverage.Length), cell =>
            Assert.Equal(cell / 224 / 7 == 1 && cell % 224 / 7 == 2 ? 1 : 0, coverage[cell]));
    }

    [Fact]
    public void Voxel_NoView_Refused() => Assert.Throws<ArgumentOutOfRangeException>(() => CropSlice.Voxel(View.Unspecified, 0, 0));
}
