using System.Globalization;
using Cdam.Training.LungModels;
using Cdam.Training.LungModels.Figures;
using Spectre.Console;

namespace Cdam.Cli.Training;

/// <summary>What came of training lung CT models, as tables.</summary>
internal static class LungTables
{
    /// <summary>A row a fold.</summary>
    public static Table Folds(LungReport report)
    {
        // The figures of all outputs together; those of single biomarkers are in the other table.
        var shown = report.Folds[0].Figures.Where(figure => figure.Output is "all" or "malignancy").ToList();
        var table = new Table().Border(TableBorder.Simple);
        string[] titles = ["fold", "training", "validation", "test", "best epoch", "validation loss", .. shown.Select(figure => figure.Measure)];
        foreach (var title in titles)
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (var fold in report.Folds)
        {
            int[] counts = [fold.Fold, fold.Train, fold.Validation, fold.Test];
            table.AddRow(
            [
                .. counts.Select(count => count.ToString(CultureInfo.InvariantCulture)), $"{fold.BestEpoch} of {fold.Epochs}", Number(fold.ValidationLoss),
                .. shown.Select(figure => Number(fold.Figures.First(other => other.Output == figure.Output && other.Measure == figure.Measure).Value)),
            ]);
        }

        return table;
    }

    /// <summary>A row an output: mean ± standard deviation over folds.</summary>
    public static Table Figures(LungReport report)
    {
        var measures = report.Summary.Select(figure => figure.Measure).Distinct().ToList();
        var table = new Table().Border(TableBorder.Simple).AddColumn("output");
        measures.ForEach(measure => table.AddColumn(new TableColumn(measure).RightAligned()));
        foreach (var output in report.Summary.GroupBy(figure => figure.Output))
        {
            table.AddRow([output.Key, .. measures.Select(measure => Cell(output.FirstOrDefault(figure => figure.Measure == measure)))]);
        }

        return table;
    }

    private static string Cell(LungFigureSummary? figure)
    {
        var spread = figure?.Deviation is { } deviation ? $" ± {Number(deviation)}" : "";
        return figure is null ? "" : $"{Number(figure.Mean)}{spread} {figure.Unit}".TrimEnd();
    }

    private static string Number(double? value) => value is null ? "—" : string.Create(CultureInfo.InvariantCulture, $"{value:0.000}");
}
