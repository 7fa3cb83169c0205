using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Readings;

/// <summary>Some voxels of a scan.</summary>
/// <param name="Box">Where they lie.</param>
/// <param name="Inside">For each voxel of the box, columns fastest.</param>
internal sealed record VoxelMask(VoxelBox Box, bool[] Inside)
{
    /// <summary>Number of voxels.</summary>
    public int Count => Inside.Count(inside => inside);

    /// <summary>False outside the box too.</summary>
    public bool this[int column, int row, int slice]
    {
        get
        {
            var (c, r, s) = (column - Box.Column, row - Box.Row, slice - Box.Slice);
            return c >= 0 && c < Box.Columns && r >= 0 && r < Box.Rows && s >= 0 && s < Box.Slices && Inside[Box.Index(c, r, s)];
        }
    }

    /// <summary>Twice the shared voxels over those of both, 0 to 1.</summary>
    /// <param name="other">In the same box.</param>
    public double Dice(VoxelMask other) => 2.0 * Inside.Zip(other.Inside).Count(pair => pair.First && pair.Second) / (Count + other.Count);

    /// <summary>Mean of the voxels' centres, in columns, rows and slices of the scan.</summary>
    public Point3 Centroid()
    {
        var (sum, count) = (default(Point3), 0);
        for (var i = 0; i < Inside.Length; i++)
        {
            if (Inside[i])
            {
                var (row, column) = Math.DivRem(i, Box.Columns);
                (var slice, row) = Math.DivRem(row, Box.Rows);
                sum += new Point3(Box.Column + column, Box.Row + row, Box.Slice + slice);
                count++;
            }
        }

        return 1.0 / count * sum;
    }
}
