using ScottPlot;
using SkiaSharp;

namespace Cdam.Cli.Sanity;

/// <summary>One measure of one series as a plot.</summary>
internal sealed class SanityPanel(SanityReport report, string series, SanityView view, bool withLegend)
{
    private const double Margin = 0.05;
    private static readonly string[] SansSerif = ["DejaVu Sans", "Liberation Sans", "Arial"];
    private static readonly IPalette Palette = new ScottPlot.Palettes.Category10();
    private static readonly MarkerShape[] Markers =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown, MarkerShape.Eks, MarkerShape.Cross];

    /// <returns>Belongs to the caller.</returns>
    public Plot Plot()
    {
        var plot = new Plot();
        plot.RenderManager.ClearCanvasBeforeEachRender = false;    // The canvas has other panels, too.
        if (SansSerif.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) is { } font)
        {
            plot.Font.Set(font);
        }

        plot.Title($"{view.Title} ({series})", size: 14);
        plot.YLabel("likeness to the original maps", size: 12);
        plot.Add.HorizontalLine(0, width: 1, color: Colors.Grey);
        foreach (var (index, method) in report.Methods.Index())
        {
            Add(plot, method.Name, index);
        }

        Label(plot);
        plot.Axes.SetLimitsX(-0.5, report.Stages.Count + (HasLabels ? 0.5 : -0.5));
        plot.Axes.SetLimitsY(Lowest() - Margin, 1 + Margin);
        if (withLegend)
        {
            plot.ShowLegend(Edge.Right);
        }
        else
        {
            plot.HideLegend();
        }

        return plot;
    }

    private bool HasLabels => series == SanitySeries.Cascading && report.Rows.Any(row => row.Series == SanitySeries.RandomLabels);

    private void Add(Plot plot, string method, int index)
    {
        var color = Palette.GetColor(index);
        var points = Points(series, method);
        var line = Scatter(points);
        (line.LegendText, line.LineWidth) = (method, 1.5f);
        if (HasLabels)
        {
            Scatter([.. Points(SanitySeries.RandomLabels, method).Select(point => point with { X = report.Stages.Count })]).LineWidth = 0;
        }

        ScottPlot.Plottables.Scatter Scatter(List<(double X, double Y, double Error)> shown)
        {
            var (xs, ys) = (shown.Select(point => point.X).ToArray(), shown.Select(point => point.Y).ToArray());
            var bars = plot.Add.ErrorBar(xs, ys, [.. shown.Select(point => point.Error)]);
            (bars.Color, bars.LineWidth) = (color.WithAlpha(0.5), 1);
            var scatter = plot.Add.Scatter(xs, ys, color);
            (scatter.MarkerShape, scatter.MarkerSize) = (Markers[index % Markers.Length], 7);
            return scatter;
        }
    }

    /// <summary>Where a measure is defined for some image.</summary>
    private List<(double X, double Y, double Error)> Points(string ofSeries, string method) =>
        [.. report.Rows.Where(row => row.Series == ofSeries && row.Method == method).Select(view.Of).Index()
            .Where(point => point.Item.Mean is not null).Select(point => ((double)point.Index, point.Item.Mean!.Value, point.Item.Confidence))];

    private void Label(Plot plot)
    {
        string[] labels = [.. report.Stages, .. HasLabels ? ["random labels"] : Array.Empty<string>()];
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, labels.Length).Select(position => (double)position)], labels);
        (plot.Axes.Bottom.TickLabelStyle.Rotation, plot.Axes.Bottom.TickLabelStyle.Alignment) = (-45, Alignment.UpperRight);
        plot.Axes.Bottom.MinimumSize = 90;
        plot.XLabel(series == SanitySeries.Independent ? "re-drawn alone" : "re-drawn down to", size: 12);
    }

    /// <summary>The same for all panels, so that they can be compared.</summary>
    private double Lowest() => report.Rows.SelectMany(row => SanityView.All.Select(other => other.Of(row)))
        .Select(measure => (measure.Mean ?? 0) - measure.Confidence).Append(0).Min();
}
