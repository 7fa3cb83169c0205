using Cdam.Attribution.Explanations;
using Cdam.Attribution.Volumes;

namespace Cdam.Attribution.Tests.Volumes;

public sealed class VolumeCropTests
{
    [Theory]
    [InlineData(SliceView.Axial)]
    [InlineData(SliceView.Coronal)]
    [InlineData(SliceView.Sagittal)]
    public void Slice_OfDistinctVoxels_HasTheDocumentedRowsAndColumns(SliceView view)
    {
        const int Index = 5;
        var slice = TestVolumes.Distinct.Slice(view, Index);
        Assert.Equal(view, slice.View);
        for (var row = 0; row < 32; row++)
        {
            for (var column = 0; column < 32; column++)
            {
                var (z, y, x) = view switch
                {
                    SliceView.Axial => (Index, row, column),
                    SliceView.Coronal => (row, Index, column),
                    _ => (row, column, Index),
                };
                Assert.Equal(TestVolumes.Code(z, y, x), slice.Voxels.Span[row * 32 + column]);
            }
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(32)]
    public void Slice_OutsideTheCrop_IsRefused(int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TestVolumes.Distinct.Slice(SliceView.Coronal, index));

    [Fact]
    public void Create_OfAnotherSize_NamesTheSize()
    {
        var fault = Assert.Throws<AttributionException>(() => new VolumeCrop(new short[31 * 32 * 32]));
        Assert.Equal(("voxels", "has 31744 voxels; 32 × 32 × 32 must be 32768"), (fault.Field, fault.Description));
        Assert.Equal("sagittal", Assert.Throws<AttributionException>(() => new ViewSlice(SliceView.Sagittal, new short[1023])).Field);
    }
}
