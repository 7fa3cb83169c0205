using Cdam.Scoring.Reports;
using ScottPlot;

namespace Cdam.Scoring.Plots;

/// <summary>Turns a plot into the pictures of a report.</summary>
internal static class PlotFigure
{
    private const int Width = 720;
    private const int Height = 440;

    /// <param name="name">Of the figure.</param>
    /// <param name="caption">Of the figure.</param>
    /// <param name="plot">Stays the caller's.</param>
    internal static ReportFigure Of(string name, string caption, Plot plot)
    {
        plot.ShowLegend(Edge.Right);
        return new ReportFigure(name, caption, plot.GetImageBytes(Width, Height, ImageFormat.Png), plot.GetSvgXml(Width, Height));
    }
}
