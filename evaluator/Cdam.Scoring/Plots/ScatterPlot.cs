using Cdam.Scoring.Reports;
using ScottPlot;

namespace Cdam.Scoring.Plots;

/// <summary>CDAM's scores against attention, a point for each patch, like the paper's Figure S1: a patch without attention has no score.</summary>
public static class ScatterPlot
{
    /// <summary>The figure's name.</summary>
    public const string Name = "scatter-attention-cdam";

    private const string Caption = "CDAM against attention, a point for each patch of some images (Figure S1): where attention is zero, so is CDAM.";
    private const float MarkerSize = 4;
    private const int LongestLegend = 24;

    /// <param name="images">At least one; x is the attention, y CDAM.</param>
    public static ReportFigure Draw(IReadOnlyList<PlottedScores> images)
    {
        using var plot = new Plot();
        plot.Add.HorizontalLine(0, width: 1, color: Colors.Grey);
        foreach (var image in images)
        {
            var points = plot.Add.ScatterPoints(Array.ConvertAll(image.X, score => (double)score), Array.ConvertAll(image.Y, score => (double)score));
            points.LegendText = image.Image.Length <= LongestLegend ? image.Image : $"{image.Image[..LongestLegend]}…";
            points.MarkerSize = MarkerSize;
        }

        plot.XLabel("attention");
        plot.YLabel("CDAM");
        return PlotFigure.Of(Name, Caption, plot);
    }
}
