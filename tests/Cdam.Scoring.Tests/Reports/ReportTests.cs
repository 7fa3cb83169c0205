using Cdam.Scoring.Metrics;
using Cdam.Scoring.Reports;
using Cdam.Scoring.Statistics;

namespace Cdam.Scoring.Tests.Reports;

public sealed class ReportTests
{
    private static readonly string[] Methods = ["cdam", "attention", "grad_x & co <1>"];

    /// <summary>For each method a value for each of four images; the third method has none.</summary>
    private static readonly Dictionary<string, double[]> Values = new()
    {
        ["cdam"] = [1, 2, 3, 4],
        ["attention"] = [2, 3, 4, 5],
        ["grad_x & co <1>"] = [double.NaN, double.NaN, double.NaN, double.NaN],
    };

    private static IReadOnlyList<ReportTable> Tables => PaperTables.Of(
        [MostImportantFirstArea.Definition, AreaBetweenOrders.Definition, Compactness.Definition, PointingGame.Definition], Methods, (method, _) => Bootstrap.Mean(Values[method], seed: 3), oneObject: false);

    [Fact]
    public void Tables_OfSomeMetrics_AreThePapersAndOneForTheRest()
    {
        Assert.Equal(["table-1", "table-3", "others"], Tables.Select(table => table.Name));
        Assert.Equal(["a_mif", "a_lif_mif"], Tables[0].Metrics.Select(metric => metric.Name));
        Assert.Equal(["pointing_game"], Tables[2].Metrics.Select(metric => metric.Name));
        Assert.Equal(new MeanEstimate(2.5, Tables[0].Rows[0].Cells[0].Lower, Tables[0].Rows[0].Cells[0].Upper, 4, 0), Tables[0].Rows[0].Cells[0]);
        Assert.InRange(Tables[0].Rows[0].Cells[0].Lower, 1, 2.5);
    }

    [Fact]
    public void Tables_OfImagesOfOneObject_AreThePapersS1()
    {
        var tables = PaperTables.Of(
            [MostImportantFirstArea.Definition, Compactness.Definition], Methods, (method, _) => Bootstrap.Mean(Values[method], seed: 3), oneObject: true);

        Assert.Equal(["table-s1", "table-3"], tables.Select(table => table.Name));
        Assert.Contains("(Table S1)", tables[0].Caption, StringComparison.Ordinal);
        Assert.Equal(Tables[0].Rows[1].Cells[0], tables[0].Rows[1].Cells[0]);
    }

    [Fact]
    public void IsBest_OfEachDirection_IsTheLowestOrTheHighestAndNeverTheUndefined()
    {
        Assert.Equal((true, false, false), (Tables[0].IsBest(0, 0), Tables[0].IsBest(1, 0), Tables[0].IsBest(2, 0)));    // A_MIF: lower
        Assert.Equal((false, true, false), (Tables[0].IsBest(0, 1), Tables[0].IsBest(1, 1), Tables[0].IsBest(2, 1)));
    }

    [Theory]
    [InlineData(404.4, "404")]
    [InlineData(99.96, "100")]
    [InlineData(12.24, "12.2")]
    [InlineData(9.996, "10.0")]
    [InlineData(-0.004, "0.00")]
    [InlineData(0.876, "0.88")]
    [InlineData(double.NaN, "–")]
    public void Number_OfAnySize_HasThreeDigitsThatCount(double value, string text) => Assert.Equal(text, ReportNumber.Of(value).TrimStart('-'));

    [Fact]
    public void Latex_OfATable_EscapesNamesAndMarksTheBest()
    {
        var latex = LatexTable.Of(Tables[0]);
        Assert.Contains(@"grad\_x \& co <1> & $–$ & $–$ \\", latex, StringComparison.Ordinal);
        Assert.Contains(@"cdam & $\mathbf{2.50}$ & $2.50$ \\", latex, StringComparison.Ordinal);
        Assert.Contains(@"A\_MIF $\downarrow$ & A\_LIF$-$MIF $\uparrow$", latex, StringComparison.Ordinal);
        Assert.Equal(latex.Count(letter => letter == '{'), latex.Count(letter => letter == '}'));
    }

    [Fact]
    public void Html_OfTablesAndFigures_IsOnePageThatShowsThemAndNothingElseRuns()
    {
        var figure = new ReportFigure("curve", "a <curve>", [1, 2, 3], "<svg/>");
        var page = HtmlReport.Of("Benchmark of <script>", [("model", "models/a&b")], Tables, [figure], [new ReportExample("a <b>", "cat & dog", [("cdam", [4, 5, 6])])]);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("models/a&amp;b", page, StringComparison.Ordinal);
        Assert.Contains("grad_x &amp; co &lt;1&gt;", page, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,AQID", page, StringComparison.Ordinal);
        Assert.Contains("<h2>a &lt;b&gt;: cat &amp; dog</h2>", page, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,BAUG", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"best\">2.50<small>[", page, StringComparison.Ordinal);
        Assert.Equal(3, page.Split("<table>").Length - 1);
    }
}
