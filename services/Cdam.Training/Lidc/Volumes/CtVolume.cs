using Cdam.Training.Lidc.Dicom;

namespace Cdam.Training.Lidc.Volumes;

/// <summary>Hounsfield units of a scan, or of some of its neighbouring slices.</summary>
internal sealed class CtVolume
{
    /// <summary>512 MiB. What a crop of a real scan needs takes 10 to 40.</summary>
    private const long MostVoxels = 1L << 28;

    private readonly short[] _voxels;

    private CtVolume(short[] voxels, int width, int height, ScanGeometry geometry)
    {
        _voxels = voxels;
        Width = width;
        Height = height;
        Geometry = geometry;
    }

    public int Width { get; }

    public int Height { get; }

    public int Depth => Geometry.Slices.Count;

    /// <summary>Where the voxels lie; slice 0 is the first that was loaded.</summary>
    public ScanGeometry Geometry { get; }

    /// <summary>Hounsfield units of a voxel.</summary>
    public short this[int z, int y, int x] => _voxels[((z * Height) + y) * Width + x];

    /// <summary>Reads the pixels of neighbouring slices, each straight to its place.</summary>
    /// <param name="series">The scan.</param>
    /// <param name="first">The first slice.</param>
    /// <param name="count">At least two.</param>
    /// <param name="cancellation">Looked at before each slice.</param>
    /// <exception cref="LidcException">A file has changed since its header was read, or the slices take too much memory.</exception>
    public static CtVolume Load(CtSeries series, int first, int count, CancellationToken cancellation = default)
    {
        var area = series.Rows * series.Columns;
        if ((long)area * count > MostVoxels)
        {
            throw new LidcException(
                $"{series.Slices[first].Path}: {count} slices of {series.Rows} × {series.Columns} are needed at once;"
                + $" at most {MostVoxels} voxels can be");
        }

        var voxels = new short[area * count];
        for (var k = 0; k < count; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            CtImageReader.ReadPixels(series.Slices[first + k], voxels.AsSpan(k * area, area));
        }

        return new CtVolume(voxels, series.Columns, series.Rows, series.Geometry.Part(first, count));
    }

    /// <summary>Interpolates linearly between the eight voxels around a point of the patient.</summary>
    /// <returns>Null outside the scan: beyond the outer faces of the outermost voxels.</returns>
    public double? Sample(Vector3D patient) => Trilinear.Sample(Geometry.ToVoxel(patient), Width, Height, Depth, (x, y, z) => this[z, y, x]);
}
