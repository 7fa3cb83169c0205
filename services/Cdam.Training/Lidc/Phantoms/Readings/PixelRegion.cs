namespace Cdam.Training.Lidc.Phantoms.Readings;

/// <summary>Sets of pixels of one slice.</summary>
internal static class PixelRegion
{
    private static readonly (int X, int Y)[] Sides = [(-1, 0), (0, -1), (1, 0), (0, 1)];
    private static readonly (int X, int Y)[] SidesAndCorners = [.. Sides, (-1, -1), (1, -1), (1, 1), (-1, 1)];

    /// <summary>A mask's pixels on a slice.</summary>
    public static List<(int X, int Y)> Of(VoxelMask mask, int slice)
    {
        var pixels = new List<(int, int)>();
        for (var row = mask.Box.Row; row < mask.Box.Row + mask.Box.Rows; row++)
        {
            for (var column = mask.Box.Column; column < mask.Box.Column + mask.Box.Columns; column++)
            {
                if (mask[column, row, slice])
                {
                    pixels.Add((column, row));
                }
            }
        }

        return pixels;
    }

    /// <summary>With the pixels beside, above and below.</summary>
    public static List<(int X, int Y)> Grown(IReadOnlyCollection<(int X, int Y)> region)
    {
        var grown = new HashSet<(int X, int Y)>(region);
        grown.UnionWith(region.SelectMany(pixel => Sides.Select(side => (pixel.X + side.X, pixel.Y + side.Y))));
        return [.. grown];
    }

    /// <summary>The parts that do not touch each other, not even by a corner.</summary>
    public static List<List<(int X, int Y)>> Islands(IEnumerable<(int X, int Y)> region)
    {
        var left = new HashSet<(int X, int Y)>(region);
        var islands = new List<List<(int X, int Y)>>();
        foreach (var seed in left.OrderBy(pixel => pixel.Y).ThenBy(pixel => pixel.X).ToList())
        {
            if (!left.Remove(seed))
            {
                continue;
            }

            var island = new List<(int X, int Y)> { seed };
            for (var i = 0; i < island.Count; i++)
            {
                var (x, y) = island[i];
                island.AddRange(SidesAndCorners.Select(side => (x + side.X, y + side.Y)).Where(left.Remove));
            }

            islands.Add(island);
        }

        return islands;
    }
}
