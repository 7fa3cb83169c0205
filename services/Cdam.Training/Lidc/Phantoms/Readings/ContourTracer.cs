namespace Cdam.Training.Lidc.Phantoms.Readings;

/// <summary>
/// Contours as LIDC has them: the pixels that touch a region from outside. They are the border of the region grown by one pixel to all
/// four sides, followed clockwise (Moore's neighbour tracing).
/// </summary>
internal static class ContourTracer
{
    private const int SmallestIsland = 4; // pixels: nobody draws round less if there is more
    private static readonly (int X, int Y)[] Clockwise = [(-1, 0), (-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1)];

    /// <summary>All contours of a mask, slice by slice upwards.</summary>
    public static List<Contour> Trace(VoxelMask mask)
    {
        var contours = new List<Contour>();
        for (var slice = mask.Box.Slice; slice < mask.Box.Slice + mask.Box.Slices; slice++)
        {
            var drawn = Drawn(PixelRegion.Islands(PixelRegion.Of(mask, slice)));
            if (drawn.Count > 0)
            {
                // Islands whose outlines would touch become one.
                contours.AddRange(PixelRegion.Islands(PixelRegion.Grown(drawn)).Select(island => new Contour(slice, Border([.. island]))));
            }
        }

        return contours;
    }

    private static List<(int X, int Y)> Drawn(List<List<(int X, int Y)>> islands)
    {
        var largest = islands.MaxBy(island => island.Count);
        return [.. islands.Where(island => island.Count >= SmallestIsland || island == largest).SelectMany(island => island)];
    }

    /// <summary>
    /// Once around: from the topmost, leftmost pixel, always on to the first pixel clockwise after the one that was left behind, until
    /// the first step is about to be repeated.
    /// </summary>
    private static List<(int Column, int Row)> Border(HashSet<(int X, int Y)> region)
    {
        var start = region.OrderBy(pixel => pixel.Y).ThenBy(pixel => pixel.X).First();
        var points = new List<(int, int)> { start };
        var (here, from) = (start, 0);
        do
        {
            var turn = Enumerable.Range(1, 8).First(turn => region.Contains(Step(here, from + turn)));
            var direction = (from + turn) % 8;
            here = Step(here, direction);
            points.Add(here);

            // The outside pixel looked at last, seen from the new pixel.
            from = direction % 2 == 0 ? (direction + 6) % 8 : (direction + 5) % 8;
        }
        while (here != start || Next(region, here, from) != points[1]);

        return points;
    }

    private static (int X, int Y) Next(HashSet<(int X, int Y)> region, (int X, int Y) here, int from) =>
        Step(here, from + Enumerable.Range(1, 8).First(turn => region.Contains(Step(here, from + turn))));

    private static (int X, int Y) Step((int X, int Y) pixel, int direction)
    {
        var (x, y) = Clockwise[direction % 8];
        return (pixel.X + x, pixel.Y + y);
    }
}
