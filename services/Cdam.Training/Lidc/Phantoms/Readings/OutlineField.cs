using Cdam.Training.Lidc.Phantoms.Anatomy;
using Cdam.Training.Lidc.Phantoms.Geometry;
using Cdam.Training.Lidc.Phantoms.Nodules;

namespace Cdam.Training.Lidc.Phantoms.Readings;

/// <summary>For the voxels around a nodule, the distance to its outline: masks, the true one and the readers', are cut from it.</summary>
internal sealed class OutlineField
{
    private readonly ScanGrid _grid;
    private readonly PlacedNodule _nodule;
    private readonly VoxelBox _box;
    private readonly double[] _distances;

    public OutlineField(ScanGrid grid, Thorax thorax, PlacedNodule nodule)
    {
        (_grid, _nodule) = (grid, nodule);
        _box = grid.Around(nodule.Centre, nodule.Shape.Reach + 3 * Math.Max(grid.Spacing, 0.5 * grid.SliceSpacing));
        _distances = new double[_box.Count];
        for (var i = 0; i < _distances.Length; i++)
        {
            var point = Point(i);

            // What lies in the chest wall is no nodule.
            _distances[i] = Math.Max(nodule.Shape.OutlineDistance(point - nodule.Centre), thorax.LungDistance(point));
        }
    }

    /// <summary>The voxels whose middle lies within the outline.</summary>
    public VoxelMask Truth() => new(_box, [.. _distances.Select(distance => distance < 0)]);

    /// <summary>The voxels within an outline that is moved by a distance (mm, positive outwards) that depends on the direction.</summary>
    public VoxelMask Moved(Func<Point3, double> shift)
    {
        var inside = new bool[_distances.Length];
        for (var i = 0; i < inside.Length; i++)
        {
            inside[i] = _distances[i] < shift((Point(i) - _nodule.Centre).Normalized());
        }

        return new VoxelMask(_box, inside);
    }

    private Point3 Point(int index)
    {
        var (row, column) = Math.DivRem(index, _box.Columns);
        (var slice, row) = Math.DivRem(row, _box.Rows);
        return _grid.At(_box.Column + column, _box.Row + row, _box.Slice + slice);
    }
}
