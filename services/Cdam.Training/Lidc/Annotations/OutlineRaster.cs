namespace Cdam.Training.Lidc.Annotations;

/// <summary>
/// Which pixels a contour encloses. The contour runs through the centres of pixels just outside the nodule, so the pixels whose
/// centres lie on it are not enclosed. Where it crosses itself, whatever it winds around (the nonzero rule) is enclosed. All sums are
/// whole numbers: no pixel is decided by rounding.
/// </summary>
internal sealed class OutlineRaster
{
    private readonly PixelKind[] _pixels;

    /// <param name="points">Columns and rows, at least one; the last joins the first.</param>
    public OutlineRaster(IReadOnlyList<(int X, int Y)> points)
    {
        X0 = points.Min(point => point.X);
        Y0 = points.Min(point => point.Y);
        Width = points.Max(point => point.X) - X0 + 1;
        Height = points.Max(point => point.Y) - Y0 + 1;
        _pixels = new PixelKind[checked(Width * Height)];
        MarkEnclosed(points);
        MarkContour(points);
    }

    /// <summary>First column of the box around the contour.</summary>
    public int X0 { get; }

    /// <summary>First row.</summary>
    public int Y0 { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>What a pixel of the slice is.</summary>
    public PixelKind this[int x, int y] => x >= X0 && x < X0 + Width && y >= Y0 && y < Y0 + Height
        ? _pixels[(y - Y0) * Width + x - X0]
        : PixelKind.Outside;

    private void MarkEnclosed(IReadOnlyList<(int X, int Y)> points)
    {
        // turns[y, x]: how much the winding number of row y grows at x, walking to the right.
        var turns = new int[Height, Width + 1];
        for (var i = 0; i < points.Count; i++)
        {
            var (from, to) = (points[i], points[(i + 1) % points.Count]);
            var turn = from.Y < to.Y ? 1 : -1;
            var (top, bottom) = from.Y < to.Y ? (from, to) : (to, from);
            for (var y = top.Y; y < bottom.Y; y++)
            {
                // The pixels right of the crossing; one exactly on it is part of the contour and marked as such later.
                var crossing = top.X + FloorDivide((long)(y - top.Y) * (bottom.X - top.X), bottom.Y - top.Y);
                turns[y - Y0, crossing + 1 - X0] += turn;
            }
        }

        for (var y = 0; y < Height; y++)
        {
            var winding = 0;
            for (var x = 0; x < Width; x++)
            {
                winding += turns[y, x];
                _pixels[y * Width + x] = winding != 0 ? PixelKind.Enclosed : PixelKind.Outside;
            }
        }
    }

    private void MarkContour(IReadOnlyList<(int X, int Y)> points)
    {
        for (var i = 0; i < points.Count; i++)
        {
            var (from, to) = (points[i], points[(i + 1) % points.Count]);
            var steps = Math.Max(1, GreatestCommonDivisor(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
            for (var step = 0; step < steps; step++)
            {
                var x = from.X + (to.X - from.X) / steps * step;
                var y = from.Y + (to.Y - from.Y) / steps * step;
                _pixels[(y - Y0) * Width + x - X0] = PixelKind.Contour;
            }
        }
    }

    private static int FloorDivide(long dividend, int divisor) => (int)(dividend >= 0 ? dividend / divisor : -((divisor - 1 - dividend) / divisor));

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
