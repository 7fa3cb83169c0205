using Cdam.Scoring.Reports;
using ScottPlot;

namespace Cdam.Cli.Benching;

/// <summary>Curves of several methods in one plot, like the paper's Figures S2 to S7.</summary>
internal static class CurvePlot
{
    private const int Width = 720;
    private const int Height = 440;

    /// <param name="name">Of the figure.</param>
    /// <param name="caption">Of the figure.</param>
    /// <param name="axis">What x is.</param>
    /// <param name="curves">At least one.</param>
    public static ReportFigure Draw(string name, string caption, string axis, IReadOnlyList<PlottedCurve> curves)
    {
        using var plot = new Plot();
        foreach (var curve in curves)
        {
            var defined = Enumerable.Range(0, curve.X.Length).Where(i => double.IsFinite(curve.Y[i])).ToArray();
            var line = plot.Add.Scatter(defined.Select(i => curve.X[i]).ToArray(), defined.Select(i => curve.Y[i]).ToArray());
            line.LegendText = curve.Method;
            line.MarkerSize = 0;
            line.LineWidth = 2;
        }

        plot.XLabel(axis);
        plot.ShowLegend(Edge.Right);
        return new ReportFigure(name, caption, plot.GetImageBytes(Width, Height, ImageFormat.Png), plot.GetSvgXml(Width, Height));
    }
}
