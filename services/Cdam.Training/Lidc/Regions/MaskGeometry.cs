namespace Cdam.Training.Lidc.Regions;

/// <summary>Distances and morphology on masks of cubic voxels, in units of a voxel's side. A mask of depth 1 is a picture.</summary>
internal sealed class MaskGeometry(int width, int height, int depth)
{
    /// <summary>Stands for no distance at all; its square root is far beyond any crop.</summary>
    private const int Far = 1 << 28;

    public int Count => checked(width * height * depth);

    /// <summary>From each voxel's middle to the middle of the nearest one in the mask; 16384 where the mask is empty.</summary>
    public double[] DistanceTo(bool[] mask)
    {
        var squares = Array.ConvertAll(mask, inside => inside ? 0 : Far);
        Pass(squares, width, 1);
        Pass(squares, height, width);
        Pass(squares, depth, width * height);
        return Array.ConvertAll(squares, square => Math.Sqrt(square));
    }

    /// <summary>What is left of a mask after everything thinner than a ball is taken away.</summary>
    /// <param name="mask">Not altered.</param>
    /// <param name="radius">Of the ball.</param>
    public bool[] Opened(bool[] mask, double radius)
    {
        var eroded = Array.ConvertAll(DistanceTo(Array.ConvertAll(mask, inside => !inside)), distance => distance > radius);
        return Array.ConvertAll(DistanceTo(eroded), distance => distance <= radius);
    }

    /// <summary>Without the parts of fewer voxels than a number; voxels that touch by a corner belong together.</summary>
    public bool[] WithoutSpecks(bool[] mask, int smallest)
    {
        var left = (bool[])mask.Clone();
        var kept = new bool[mask.Length];
        for (var seed = 0; seed < left.Length; seed++)
        {
            if (left[seed])
            {
                var part = TakePart(left, seed);
                part.ForEach(voxel => kept[voxel] = part.Count >= smallest);
            }
        }

        return kept;
    }

    private List<int> TakePart(bool[] left, int seed)
    {
        var part = new List<int> { seed };
        left[seed] = false;
        for (var i = 0; i < part.Count; i++)
        {
            foreach (var neighbour in Neighbours(part[i]))
            {
                if (left[neighbour])
                {
                    left[neighbour] = false;
                    part.Add(neighbour);
                }
            }
        }

        return part;
    }

    private IEnumerable<int> Neighbours(int voxel)
    {
        var (row, column) = Math.DivRem(voxel, width);
        (var slice, row) = Math.DivRem(row, height);
        for (var z = Math.Max(0, slice - 1); z <= Math.Min(depth - 1, slice + 1); z++)
        {
            for (var y = Math.Max(0, row - 1); y <= Math.Min(height - 1, row + 1); y++)
            {
                for (var x = Math.Max(0, column - 1); x <= Math.Min(width - 1, column + 1); x++)
                {
                    yield return (z * height + y) * width + x;
                }
            }
        }
    }

    /// <summary>One axis of the squared distance, which is a sum over axes: the smallest of what each voxel of a line offers.</summary>
    private static void Pass(int[] squares, int length, int step)
    {
        var line = new int[length];
        for (var start = 0; start < squares.Length; start++)
        {
            if (start / step % length != 0)
            {
                continue;
            }

            for (var i = 0; i < length; i++)
            {
                line[i] = squares[start + i * step];
            }

            for (var i = 0; i < length; i++)
            {
                var smallest = Far;
                for (var j = 0; j < length; j++)
                {
                    smallest = Math.Min(smallest, line[j] + (i - j) * (i - j));
                }

                squares[start + i * step] = smallest;
            }
        }
    }
}
