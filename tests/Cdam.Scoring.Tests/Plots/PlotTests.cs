using System.Buffers.Binary;
using System.Xml.Linq;
using Cdam.Scoring.Plots;
using Cdam.Scoring.Reports;

namespace Cdam.Scoring.Tests.Plots;

public sealed class PlotTests
{
    [Fact]
    public void Curves_OfSeveralMethods_AreAPictureInBothFormats()
    {
        var figure = CurvePlot.Draw("mif", [new PlottedCurve("cdam", [0, 50, 100], [3, 1, 0]), new PlottedCurve("a <b> & c", [0, 50, 100], [3, double.NaN, 0])]);

        Assert.Equal("curve-mif", figure.Name);
        Assert.Contains("most important pixels first", figure.Caption, StringComparison.Ordinal);
        AssertPicture(figure);
    }

    /// <summary>Each patch is drawn: another patch changes the picture.</summary>
    [Fact]
    public void Scatter_OfSomeImages_IsAPictureThatShowsEachPatch()
    {
        // The patch that is left out lies within the others, so that axes stay.
        var images = new[] { new PlottedScores("one", [0, 0.2f, 0.5f], [1, 0.1f, -2]), new PlottedScores("two", [0.3f], [0.5f]) };
        var figure = ScatterPlot.Draw(images);
        var fewer = ScatterPlot.Draw([images[0] with { X = [0, 0.5f], Y = [1, -2] }, images[1]]);

        Assert.Equal("scatter-attention-cdam", figure.Name);
        AssertPicture(figure);
        Assert.Equal(Shapes(fewer) + 1, Shapes(figure));
    }

    private static void AssertPicture(ReportFigure figure)
    {
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], figure.Png[..4]);
        Assert.Equal((720, 440), (BinaryPrimitives.ReadInt32BigEndian(figure.Png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(figure.Png.AsSpan(20))));
        Assert.Equal("svg", XDocument.Parse(figure.Svg).Root!.Name.LocalName);
    }

    private static int Shapes(ReportFigure figure) => XDocument.Parse(figure.Svg).Descendants().Count(element => element.Name.LocalName is "circle" or "ellipse" or "path");
}
