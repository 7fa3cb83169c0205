using Cdam.Attribution.Explanations;
using Cdam.Attribution.Volumes;
using CsCheck;

namespace Cdam.Attribution.Tests.Volumes;

public sealed class VolumeCropperTests
{
    [Fact]
    public void Crop_AtOneMillimetre_CopiesTheVoxelsAroundTheCentre()
    {
        // 40 × 36 × 34 voxels; crop voxel 16 lies on voxel (20, 17, 18): z from 4, y from 1, x from 2.
        var volume = TestVolumes.Of(40, 36, 34, new Xyz(1, 1, 1), (z, y, x) => (z * 29 + y) * 23 + x - 16000);
        var crop = VolumeCropper.Crop(volume, new Xyz(18, 17, 20));
        var expected = TestVolumes.Of(32, 32, 32, new Xyz(1, 1, 1), (z, y, x) => ((z + 4) * 29 + y + 1) * 23 + x + 2 - 16000);
        Assert.Equal(expected.Voxels.ToArray(), crop.Voxels.ToArray());
    }

    [Fact]
    public void Crop_OfALinearFieldAtAnisotropicSpacing_IsTheFieldInMillimetres()
    {
        // Whole units at every voxel, so that only the crop is rounded: 5 HU a mm along x, −8 along y, 3 along z.
        var volume = TestVolumes.Of(30, 60, 60, new Xyz(0.6, 0.75, 2), (z, y, x) => 3 * x - 6 * y + 6 * z);
        var centre = new Xyz(29.3, 31.45, 14.2);
        var crop = VolumeCropper.Crop(volume, centre);
        for (var i = 0; i < 32 * 32 * 32; i++)
        {
            var (z, y, x) = (i / 1024 - 16, i / 32 % 32 - 16, i % 32 - 16);
            var exact = 5.0 * (0.6 * centre.X + x) - 8 * (0.75 * centre.Y + y) + 3 * (2 * centre.Z + z);

            // Trilinear interpolation is exact for a linear field; half a unit is the rounding, and the rest that of doubles.
            Assert.Equal(exact, crop.Voxels.Span[i], 0.5 + 1e-6);
        }
    }

    [Fact]
    public void Crop_OfABallAtAnisotropicSpacing_IsTheBallAtOneMillimetre()
    {
        // A smooth ball, wider than the coarsest spacing: what linear interpolation misses is h² / 8 times the curvature.
        const double Width = 6;
        var centre = new Xyz(30.25, 27.5, 12.75);
        var coarse = Ball(new Xyz(0.7, 0.8, 1.5), centre, 60, 60, 26);
        var beforehand = Ball(new Xyz(1, 1, 1), new Xyz(16, 16, 16), 32, 32, 32);
        var curvature = 1400 / (Width * Width);
        var tolerance = curvature / 8 * (0.7 * 0.7 + 0.8 * 0.8 + 1.5 * 1.5) + 1.5;    // three roundings, one of either volume, one of the crop
        Assert.All(
            VolumeCropper.Crop(coarse, centre).Voxels.ToArray().Zip(beforehand.Voxels.ToArray()),
            pair => Assert.Equal(pair.Second, pair.First, tolerance));

        static CtVolume Ball(Xyz spacing, Xyz centre, int width, int height, int depth) => TestVolumes.Of(depth, height, width, spacing, (z, y, x) =>
        {
            var (right, down, up) = ((x - centre.X) * spacing.X, (y - centre.Y) * spacing.Y, (z - centre.Z) * spacing.Z);
            return (int)Math.Round(-1000 + 1400 * Math.Exp(-(right * right + down * down + up * up) / (2 * Width * Width)));
        });
    }

    [Fact]
    public void Crop_AtACorner_IsAirBeyondTheFacesAndTheOutermostVoxelsUpToThem()
    {
        var volume = TestVolumes.Of(40, 40, 40, new Xyz(1, 1, 1), (z, y, x) => z == 0 || y == 0 || x == 0 ? 100 : 200);
        short At(Xyz centre, int z, int y, int x) => VolumeCropper.Crop(volume, centre).Voxels.Span[(z * 32 + y) * 32 + x];
        var faces = new Xyz(-0.5, -0.25, -0.5);
        Assert.Equal([-1000, 100, 150], [At(faces, 20, 20, 15), At(faces, 20, 20, 16), At(faces, 20, 20, 17)]);
        Assert.Equal([-1000, 100, 175], [At(faces, 20, 15, 20), At(faces, 20, 16, 20), At(faces, 20, 17, 20)]);
        Assert.Equal([-1000, 100, 150], [At(faces, 15, 20, 20), At(faces, 16, 20, 20), At(faces, 17, 20, 20)]);
        var ends = new Xyz(39.5, 39.25, 39.5);
        Assert.Equal([200, -1000], [At(ends, 16, 16, 16), At(ends, 16, 16, 17)]);
        Assert.Equal([-1000, -1000], [At(ends, 16, 17, 16), At(ends, 17, 16, 16)]);
    }

    [Theory]
    [InlineData(40, 0, 0)]
    [InlineData(0, double.NaN, 0)]
    [InlineData(0, 0, double.NegativeInfinity)]
    public void Crop_AroundAPlaceOutside_IsRefused(double x, double y, double z)
    {
        var volume = TestVolumes.Of(4, 5, 6, new Xyz(1, 1, 1), (_, _, _) => 0);
        Assert.StartsWith("centre.", Assert.Throws<AttributionException>(() => VolumeCropper.Crop(volume, new Xyz(x, y, z))).Field, StringComparison.Ordinal);
        Assert.Throws<AttributionException>(() => VolumeCropper.Neighbourhood(volume, new Xyz(x, y, z)));
    }

    [Fact]
    public void Neighbourhood_OfAnyPlace_GivesTheSameCropFromFewVoxels()
    {
        var position = Gen.Double[-0.5, 25.5];
        var spacing = Gen.Double[0.3, 3];
        Gen.Select(Gen.Select(spacing, spacing, spacing), Gen.Select(position, position, position)).Sample(
            (steps, place) =>
            {
                var volume = TestVolumes.Of(26, 27, 28, new Xyz(steps.Item1, steps.Item2, steps.Item3), (z, y, x) => (z * 37 + y * 11 + x * 5) % 701 - 400);
                var centre = new Xyz(place.Item1, place.Item2, place.Item3);
                var (part, moved) = VolumeCropper.Neighbourhood(volume, centre);
                return VolumeCropper.Crop(part, moved).Voxels.Span.SequenceEqual(VolumeCropper.Crop(volume, centre).Voxels.Span)
                    && part.Width <= 31 / steps.Item1 + 3 && part.Height <= 31 / steps.Item2 + 3 && part.Depth <= 31 / steps.Item3 + 3;
            },
            iter: 100);
    }
}
