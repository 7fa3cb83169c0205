using OpenCvSharp;

namespace Cdam.Scenes.Silhouettes;

/// <summary>Polygons that silhouettes are made of.</summary>
internal static class Outline
{
    private const int CurvePoints = 40;

    public static Point2d[] Box(double left, double top, double right, double bottom) =>
        [new(left, top), new(right, top), new(right, bottom), new(left, bottom)];

    public static Point2d[] Polygon(params ReadOnlySpan<(double X, double Y)> corners)
    {
        var points = new Point2d[corners.Length];
        for (var i = 0; i < corners.Length; i++)
        {
            points[i] = new Point2d(corners[i].X, corners[i].Y);
        }

        return points;
    }

    /// <summary>Part of an ellipse: a full one, or a sector's arc closed by its chord.</summary>
    /// <param name="from">Angle in degrees, clockwise from the right.</param>
    public static Point2d[] Ellipse(double x, double y, double width, double height, double turn = 0, double from = 0, double to = 360)
    {
        var (sin, cos) = Math.SinCos(turn * Math.PI / 180);
        return Curve(t =>
        {
            var (v, u) = Math.SinCos((from + (to - from) * t) * Math.PI / 180);
            return new Point2d(x + u * width * cos - v * height * sin, y + u * width * sin + v * height * cos);
        });
    }

    /// <summary>A radius as a function of the angle, which runs from 0 to 2π, clockwise from the right.</summary>
    public static Point2d[] Polar(Func<double, double> radius, int points = CurvePoints) => Curve(
        t =>
        {
            var angle = 2 * Math.PI * t;
            return new Point2d(radius(angle) * Math.Cos(angle), radius(angle) * Math.Sin(angle));
        },
        points);

    /// <summary>A curve from t = 0 to 1, closed by a straight line.</summary>
    public static Point2d[] Curve(Func<double, Point2d> point, int points = CurvePoints) =>
        [.. Enumerable.Range(0, points).Select(i => point((double)i / points))];
}
