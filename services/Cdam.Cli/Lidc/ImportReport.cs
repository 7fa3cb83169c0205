using Cdam.Training.Lidc;
using Cdam.Training.Lidc.Import;
using Spectre.Console;

namespace Cdam.Cli.Lidc;

/// <summary>What a person sees of an import when it is done.</summary>
internal static class ImportReport
{
    public static void Print(ImportSummary summary, LidcImportOptions options)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("imported").AddColumn(new TableColumn("").RightAligned());
        Add(table, "scans", summary.Scans);
        Add(table, "nodules", summary.Nodules.Count);
        Add(table, "  malignant (mean above 3)", summary.Nodules.Count(nodule => nodule.Label == NoduleLabel.Malignant));
        Add(table, "  benign (mean below 3)", summary.Nodules.Count(nodule => nodule.Label == NoduleLabel.Benign));
        Add(table, "  unlabelled (mean of 3)", summary.Nodules.Count(nodule => nodule.Label is null));
        Add(table, $"nodules left out, read by fewer than {options.MinReadings}", summary.TooFewReadings);
        Add(table, "marks below 3 mm, not used", summary.SmallNodules);
        Add(table, "marks of no nodule, not used", summary.NonNodules);
        Add(table, "folders without CT, ignored", summary.Ignored);
        Add(table, "folders unchanged since an earlier import", summary.Unchanged);
        Add(table, "scans skipped", summary.Skipped.Count);
        AnsiConsole.Write(table);
        foreach (var skipped in summary.Skipped)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]skipped[/] {skipped.Path}: {skipped.Reason}");
        }

        if (summary.Scans == 0)
        {
            AnsiConsole.WriteLine("No scan could be imported: no data set was written.");
            return;
        }

        var warnings = summary.Warnings.Count > 0 ? $"; {summary.Warnings.Count} warnings are in dataset.json" : "";
        AnsiConsole.WriteLine($"data set: {Path.GetFullPath(options.Output)}{warnings}");
    }

    private static void Add(Table table, string name, int count) => table.AddRow(new Text(name), new Text($"{count}"));
}
