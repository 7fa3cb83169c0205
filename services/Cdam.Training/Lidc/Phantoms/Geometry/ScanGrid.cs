namespace Cdam.Training.Lidc.Phantoms.Geometry;

/// <summary>
/// Where a scan's voxels lie in the patient: columns run to the patient's left (x), rows to the back (y), slices upwards (z).
/// </summary>
/// <param name="Matrix">Rows and columns.</param>
/// <param name="Slices">Slices.</param>
/// <param name="Spacing">Distance of rows and of columns, mm.</param>
/// <param name="SliceSpacing">Distance of slices, which is their thickness too, mm.</param>
/// <param name="FirstZ">z of the lowest slice, mm.</param>
internal sealed record ScanGrid(int Matrix, int Slices, double Spacing, double SliceSpacing, double FirstZ)
{
    private const double SmallMatrix = 384;
    private static readonly double[] SliceSpacings = [1, 1.25, 1.5, 1.8, 2, 2.5]; // those of LIDC's scanners, mm

    /// <summary>Width and height of the picture, mm.</summary>
    public double Field => Matrix * Spacing;

    /// <summary>z of the middle of the scan, mm.</summary>
    public double MiddleZ => Z((Slices - 1) / 2.0);

    /// <summary>x of the first column and y of the first row, mm: the field's middle is 0.</summary>
    public double First => -Spacing * (Matrix - 1) / 2;

    /// <summary>
    /// A random scan of 75 to 100 mm height in 40 to 80 slices, pixels of 0.6 to 0.8 mm; small matrices get the larger pixels, since
    /// the thorax, which is fitted to the field, must hold nodules of 28 mm.
    /// </summary>
    public static ScanGrid Random(int matrix, PhantomRandom random)
    {
        var spacing = random.Integer(matrix < SmallMatrix ? 720 : 600, 800) / 1000.0;
        var sliceSpacing = random.Pick(SliceSpacings);
        var slices = (int)Math.Clamp(random.Uniform(75, 100) / sliceSpacing, 40, 80);
        return new ScanGrid(matrix, slices, spacing, sliceSpacing, -random.Integer(60, 320));
    }

    /// <summary>x of a column (or y of a row), mm.</summary>
    public double InPlane(double index) => First + index * Spacing;

    /// <summary>z of a slice, mm.</summary>
    public double Z(double slice) => FirstZ + slice * SliceSpacing;

    /// <summary>The point of a voxel's centre.</summary>
    public Point3 At(int column, int row, int slice) => new(InPlane(column), InPlane(row), Z(slice));

    /// <summary>Column, row and slice of a point, with fractions.</summary>
    public Point3 ToVoxel(Point3 point) => new((point.X - First) / Spacing, (point.Y - First) / Spacing, (point.Z - FirstZ) / SliceSpacing);

    /// <summary>The voxels within a radius of a point, cut at the scan's borders.</summary>
    public VoxelBox Around(Point3 centre, double radius) => Around(centre, centre, radius);

    /// <summary>The voxels within a distance of the box that two points span, cut at the scan's borders.</summary>
    public VoxelBox Around(Point3 a, Point3 b, double margin)
    {
        var low = ToVoxel(new Point3(Math.Min(a.X, b.X) - margin, Math.Min(a.Y, b.Y) - margin, Math.Min(a.Z, b.Z) - margin));
        var high = ToVoxel(new Point3(Math.Max(a.X, b.X) + margin, Math.Max(a.Y, b.Y) + margin, Math.Max(a.Z, b.Z) + margin));
        var (column, row, slice) = (Lowest(low.X), Lowest(low.Y), Lowest(low.Z));
        return new VoxelBox(
            column, row, slice, Count(column, high.X, Matrix), Count(row, high.Y, Matrix), Count(slice, high.Z, Slices));
    }

    private static int Lowest(double low) => Math.Max(0, (int)Math.Ceiling(low));

    private static int Count(int first, double high, int size) => Math.Max(0, Math.Min(size - 1, (int)Math.Floor(high)) - first + 1);
}
