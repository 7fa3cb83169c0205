using Cdam.Training.LungModels.Figures;

namespace Cdam.Training.Tests.LungModels.Figures;

public sealed class LungFigureSummaryTests
{
    [Fact]
    public void Of_SeveralFolds_GivesMeanAndSampleDeviationOfEachFigure()
    {
        var summary = LungFigureSummary.Of([Fold(0.8, 1), Fold(0.9, null), Fold(1.0, 3)]);
        Assert.Equal(["auc", "correlation"], summary.Select(figure => figure.Measure));
        Assert.Equal(0.9, summary[0].Mean!.Value, 12);         // digits: sums of decimals
        Assert.Equal(0.1, summary[0].Deviation!.Value, 12);    // √((0.01 + 0 + 0.01) / 2)
        Assert.Equal((null, null), (summary[1].Mean, summary[1].Deviation));
    }

    [Fact]
    public void Of_OneFold_HasNoDeviation()
    {
        var figure = LungFigureSummary.Of([Fold(0.7, 1)])[0];
        Assert.Equal((0.7, null), (figure.Mean, figure.Deviation));
    }

    private static LungFigure[] Fold(double auc, double? correlation) => [new("a", "auc", "", auc), new("b", "correlation", "", correlation)];
}
