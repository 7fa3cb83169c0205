namespace Cdam.Training.Lidc.Phantoms.Geometry;

/// <summary>A box of voxels within a scan; empty where a size is 0.</summary>
internal readonly record struct VoxelBox(int Column, int Row, int Slice, int Columns, int Rows, int Slices)
{
    public int Count => Columns * Rows * Slices;

    /// <summary>Place of a voxel, counted from the box's corner, in an array of the box: columns run fastest.</summary>
    public int Index(int column, int row, int slice) => (slice * Rows + row) * Columns + column;
}
