using Cdam.Attribution.Explanations;
using Cdam.Attribution.Volumes;

namespace Cdam.Attribution.Tests.Volumes;

public sealed class CtVolumeTests
{
    private static readonly Xyz Millimetre = new(1, 1, 1);

    [Theory]
    [InlineData(0, 3, 4, "depth")]
    [InlineData(2, -3, 4, "height")]
    [InlineData(2, 3, int.MinValue, "width")]
    [InlineData(2, 3, 5, "voxels")]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, "voxels")]
    [InlineData(65536, 65536, 16, "voxels")]
    public void Create_ExtentsThatDoNotFitTheVoxels_AreRefused(int depth, int height, int width, string field) =>
        Assert.Equal(field, Assert.Throws<AttributionException>(() => new CtVolume(depth, height, width, new short[24], Millimetre)).Field);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0.009)]
    [InlineData(101)]
    public void Create_ImpossibleSpacing_IsRefusedByAxis(double spacing)
    {
        Assert.Equal("spacing.x", Refusal(Millimetre with { X = spacing }));
        Assert.Equal("spacing.y", Refusal(Millimetre with { Y = spacing }));
        Assert.Equal("spacing.z", Refusal(Millimetre with { Z = spacing }));

        static string Refusal(Xyz spacing) => Assert.Throws<AttributionException>(() => new CtVolume(2, 3, 4, new short[24], spacing)).Field;
    }

    [Fact]
    public void RequireWithin_Places_AreCheckedByAxis()
    {
        var volume = new CtVolume(2, 3, 4, new short[24], Millimetre);
        volume.RequireWithin(new Xyz(-0.5, -0.5, -0.5));
        volume.RequireWithin(new Xyz(3.5, 2.5, 1.5));
        Assert.Equal("centre.x", Refusal(new Xyz(3.51, 0, 0)));
        Assert.Equal("centre.y", Refusal(new Xyz(0, 2.51, 0)));
        Assert.Equal("centre.z", Refusal(new Xyz(0, 0, -0.51)));
        Assert.Equal("centre.z", Refusal(new Xyz(0, 0, double.NaN)));

        string Refusal(Xyz centre) => Assert.Throws<AttributionException>(() => volume.RequireWithin(centre)).Field;
    }
}
