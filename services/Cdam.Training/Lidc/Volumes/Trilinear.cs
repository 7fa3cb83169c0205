namespace Cdam.Training.Lidc.Volumes;

/// <summary>Linear interpolation between the eight voxels around a point.</summary>
internal static class Trilinear
{
    /// <param name="at">Column, row and slice, with fractions.</param>
    /// <param name="width">Columns of the grid.</param>
    /// <param name="height">Rows.</param>
    /// <param name="depth">Slices.</param>
    /// <param name="voxel">The value at a column, row and slice.</param>
    /// <returns>Null beyond the outer faces of the outermost voxels, in whose outer halves their own value holds.</returns>
    public static double? Sample(Vector3D at, int width, int height, int depth, Func<int, int, int, double> voxel)
    {
        if (!IsInside(at.X, width) || !IsInside(at.Y, height) || !IsInside(at.Z, depth))
        {
            return null;
        }

        var (left, right, fractionX) = Neighbours(at.X, width);
        var (top, bottom, fractionY) = Neighbours(at.Y, height);
        var (below, above, fractionZ) = Neighbours(at.Z, depth);
        return double.Lerp(Plane(below), Plane(above), fractionZ);

        double Plane(int z) => double.Lerp(Row(top, z), Row(bottom, z), fractionY);
        double Row(int y, int z) => double.Lerp(voxel(left, y, z), voxel(right, y, z), fractionX);
    }

    private static bool IsInside(double at, int count) => at >= -0.5 && at <= count - 0.5;

    private static (int Lower, int Upper, double Fraction) Neighbours(double at, int count)
    {
        var clamped = Math.Clamp(at, 0, count - 1);
        var lower = (int)clamped;
        return (lower, Math.Min(lower + 1, count - 1), clamped - lower);
    }
}
