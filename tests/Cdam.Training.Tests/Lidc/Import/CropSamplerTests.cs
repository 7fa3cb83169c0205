using Cdam.Training.Lidc;
using Cdam.Training.Lidc.Annotations;
using Cdam.Training.Lidc.Import;
using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Tests.Lidc.Import;

public sealed class CropSamplerTests : IDisposable
{
    private const int Side = NoduleDataset.Side;

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>A linear function is interpolated without error over any grid: whatever the axes and distances, the crop must show it.</summary>
    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(-1, -1, false)]
    [InlineData(1, -1, false)]
    [InlineData(-1, 1, false)]
    [InlineData(1, 1, true)]
    public void Cut_LinearFunction_IsThatFunctionOfTheMillimetres(int directionX, int directionY, bool isSliceMissing)
    {
        var scan = new TestScan
        {
            Direction = (directionX, directionY),
            Missing = isSliceMissing ? [9, 10] : [],
            Hounsfield = (x, y, z) => 10 * x + 20 * y + 30 * z - 500,
            Slices = 24,
        };
        var centre = new Vector3D(1.3, -2.4, 0.7);
        var crop = Cut(scan, centre);
        Assert.Equal(0, crop.PaddedFraction);
        for (var i = 0; i < crop.Hounsfield.Length; i++)
        {
            var (x, y, z) = (centre.X + i % Side - 16, centre.Y + i / Side % Side - 16, centre.Z + i / Side / Side - 16);
            // Stored values are rounded to whole numbers, and so is the result.
            Assert.Equal(10 * x + 20 * y + 30 * z - 500, crop.Hounsfield[i], 1.0 + 1e-6);
        }
    }

    [Fact]
    public void Cut_Sphere_ComesBackAsASphere()
    {
        // 0.7 × 0.7 × 2.5 mm; the edge is a ramp 5 mm wide, which a slice spacing of 2.5 mm can show.
        var crop = Cut(
            new TestScan { Hounsfield = (x, y, z) => -800 + 800 * Math.Clamp((10.5 - Math.Sqrt(x * x + y * y + z * z)) / 5, 0, 1) }, new Vector3D(0, 0, 0));
        var extents = new[] { (1, 0, 0), (0, 1, 0), (0, 0, 1) }.Select(axis => Extent(crop.Hounsfield, axis)).ToList();
        // The ramp's middle lies at 8 mm, so 17 voxels at 1 mm (−8 to 8) reach −400; interpolating the curved ramp costs one at most.
        Assert.All(extents, extent => Assert.InRange(extent, 15, 17));
        Assert.Equal(-0.0, crop.Hounsfield[Flat(16, 16, 16)], 1.0);
    }

    [Fact]
    public void Cut_AtTheScansEdge_PadsWithAirAndCountsIt()
    {
        // 64 pixels of 0.7 mm: the scan ends at x = ±22.4. The crop reaches from 4 to 35 mm: 19 of 32 columns (4 to 22) are inside.
        var crop = Cut(new TestScan(), new Vector3D(20, 0, 0));
        Assert.Equal(13 / 32.0, crop.PaddedFraction);
        Assert.Equal(-800, crop.Hounsfield[Flat(18, 0, 0)]);
        Assert.Equal(-1000, crop.Hounsfield[Flat(19, 0, 0)]);
    }

    [Fact]
    public void Cut_MaskOfOneVoxel_IsItsOwnSize()
    {
        // A voxel of 0.7 × 0.7 × 2.5 mm around the middle: 3 voxels of 1 mm along z, 1 along x and y.
        var scan = new TestScan { Side = 63, Slices = 21 };
        var series = Read(scan);
        var mask = new VoxelMask(31, 31, 10, 1, 1, 1) { [31, 31, 10] = true };
        var crop = CropSampler.Cut(series, mask, new Vector3D(0, 0, 0), default);
        Assert.Equal([Flat(16, 16, 15), Flat(16, 16, 16), Flat(16, 16, 17)], Enumerable.Range(0, crop.Mask.Length).Where(i => crop.Mask[i] == 1));
    }

    [Fact]
    public void Cut_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(() => CropSampler.Cut(
        Read(new TestScan()), new VoxelMask(0, 0, 0, 1, 1, 1), new Vector3D(0, 0, 0), new CancellationToken(canceled: true)));

    private static int Flat(int x, int y, int z) => (z * Side + y) * Side + x;

    private static int Extent(short[] crop, (int X, int Y, int Z) axis) =>
        Enumerable.Range(-16, 32).Count(i => crop[Flat(16 + i * axis.X, 16 + i * axis.Y, 16 + i * axis.Z)] >= -400);

    private NoduleCrop Cut(TestScan scan, Vector3D centre) => CropSampler.Cut(Read(scan), new VoxelMask(0, 0, 0, 1, 1, 1), centre, default);

    private CtSeries Read(TestScan scan) => CtSeriesReader.Read(Directory.GetFiles(scan.Write(_scratch.FullName), "*.dcm"))!;
}
