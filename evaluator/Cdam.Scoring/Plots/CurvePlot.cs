using Cdam.Scoring.Reports;
using ScottPlot;

namespace Cdam.Scoring.Plots;

/// <summary>Curves of several methods in one plot, like the paper's Figures S2 to S7.</summary>
public static class CurvePlot
{
    /// <summary>A curve of a benchmark.</summary>
    /// <param name="curve">Its name, as <see cref="CurveCaption"/> has them.</param>
    /// <param name="curves">At least one.</param>
    public static ReportFigure Draw(string curve, IReadOnlyList<PlottedCurve> curves) =>
        Draw($"curve-{curve}", CurveCaption.Of(curve), CurveCaption.Axis(curve), curves);

    /// <param name="name">Of the figure.</param>
    /// <param name="caption">Of the figure.</param>
    /// <param name="axis">What x is.</param>
    /// <param name="curves">At least one.</param>
    public static ReportFigure Draw(string name, string caption, string axis, IReadOnlyList<PlottedCurve> curves)
    {
        using var plot = new Plot();
        foreach (var method in curves)
        {
            var defined = Enumerable.Range(0, method.X.Length).Where(i => double.IsFinite(method.Y[i])).ToArray();
            var line = plot.Add.Scatter(defined.Select(i => method.X[i]).ToArray(), defined.Select(i => method.Y[i]).ToArray());
            line.LegendText = method.Method;
            line.MarkerSize = 0;
            line.LineWidth = 2;
        }

        plot.XLabel(axis);
        return PlotFigure.Of(name, caption, plot);
    }
}
