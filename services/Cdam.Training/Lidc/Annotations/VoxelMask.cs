namespace Cdam.Training.Lidc.Annotations;

/// <summary>A set of voxels of a scan, kept as the box around them.</summary>
/// <param name="x0">First column of the box.</param>
/// <param name="y0">First row.</param>
/// <param name="z0">First slice.</param>
/// <param name="width">Columns, at least 1.</param>
/// <param name="height">Rows, at least 1.</param>
/// <param name="depth">Slices, at least 1.</param>
internal sealed class VoxelMask(int x0, int y0, int z0, int width, int height, int depth)
{
    private readonly bool[] _voxels = new bool[width * height * depth];

    public int X0 => x0;

    public int Y0 => y0;

    public int Z0 => z0;

    public int Width => width;

    public int Height => height;

    public int Depth => depth;

    /// <summary>How many voxels belong to the set.</summary>
    public int Count => _voxels.AsSpan().Count(true);

    /// <summary>Whether a voxel of the scan belongs to the set; setting is allowed inside the box only.</summary>
    public bool this[int x, int y, int z]
    {
        get => x >= x0 && x < x0 + width && y >= y0 && y < y0 + height && z >= z0 && z < z0 + depth && _voxels[Index(x, y, z)];
        set => _voxels[Index(x, y, z)] = value;
    }

    /// <summary>The voxels of the set: slice by slice, row by row.</summary>
    public IEnumerable<(int X, int Y, int Z)> Voxels()
    {
        for (var i = 0; i < _voxels.Length; i++)
        {
            if (_voxels[i])
            {
                yield return (x0 + i % width, y0 + i / width % height, z0 + i / width / height);
            }
        }
    }

    /// <summary>How many voxels belong to both sets.</summary>
    public int CountShared(VoxelMask other)
    {
        var shared = 0;
        for (var z = Math.Max(z0, other.Z0); z < Math.Min(z0 + depth, other.Z0 + other.Depth); z++)
        {
            for (var y = Math.Max(y0, other.Y0); y < Math.Min(y0 + height, other.Y0 + other.Height); y++)
            {
                for (var x = Math.Max(x0, other.X0); x < Math.Min(x0 + width, other.X0 + other.Width); x++)
                {
                    shared += this[x, y, z] && other[x, y, z] ? 1 : 0;
                }
            }
        }

        return shared;
    }

    private int Index(int x, int y, int z) => ((z - z0) * height + y - y0) * width + x - x0;
}
