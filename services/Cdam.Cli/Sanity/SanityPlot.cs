using ScottPlot;
using SkiaSharp;

namespace Cdam.Cli.Sanity;

/// <summary>
/// A panel for each measure, side by side, one line a method over the depth of randomisation; bars are 95 % confidence intervals of the
/// mean. Independent randomisation, if there is any, lies below; random labels are single points at the right.
/// </summary>
internal sealed class SanityPlot(SanityReport report)
{
    private const int PanelWidth = 460;
    private const int LegendWidth = 180;
    private const int Height = 440;

    private readonly string[] _series =
        [.. ((string[])[SanitySeries.Cascading, SanitySeries.Independent]).Where(series => report.Rows.Any(row => row.Series == series))];

    private int TotalHeight => _series.Length * Height;

    private static int TotalWidth => SanityView.All.Count * PanelWidth + LegendWidth;

    public byte[] Png()
    {
        using var surface = SKSurface.Create(new SKImageInfo(TotalWidth, TotalHeight));
        Draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }

    public byte[] Svg()
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, TotalWidth, TotalHeight), stream))
        {
            Draw(canvas);
        }    // Its last tags are written when it is disposed.

        return stream.ToArray();
    }

    private void Draw(SKCanvas canvas)
    {
        using var white = new SKPaint { Color = SKColors.White };
        canvas.DrawRect(0, 0, TotalWidth, TotalHeight, white);
        foreach (var (down, series) in _series.Index())
        {
            foreach (var (across, view) in SanityView.All.Index())
            {
                var isLast = across == SanityView.All.Count - 1;
                using var panel = new SanityPanel(report, series, view, withLegend: isLast).Plot();
                var (left, top, width) = (across * PanelWidth, down * Height, PanelWidth + (isLast ? LegendWidth : 0));
                panel.RenderInMemory(width, Height);    // A first rendering draws twice, which an SVG file would hold.
                panel.Render(canvas, new PixelRect(left, left + width, top + Height, top));
            }
        }
    }
}
