using System.CommandLine;
using Cdam.Training.Lidc.Import;

namespace Cdam.Cli.Lidc;

/// <summary><c>cdam lidc import DIR --out DATASET</c>: a data set of nodules from scans and annotations.</summary>
internal static class LidcImportCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("dir")
        {
            Description = "Folder with LIDC-IDRI scans: PATIENT/STUDY/SERIES/*.dcm with the XML beside the slices.",
        };
        var output = new Option<string>("--out") { Description = "The data set's folder; an earlier import there is gone on with.", Required = true };
        var minReadings = new Option<int>("--min-readings")
        {
            Description = "Leaves out nodules that fewer radiologists have read. The field often asks for 3 of the 4.",
            DefaultValueFactory = _ => 1,
        };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the five folds.", DefaultValueFactory = _ => 0 };
        var threads = new Option<int>("--threads") { Description = "Scans read at once.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Command("import", "Makes a data set of nodules: crops of 32 mm, consensus masks, labels, biomarkers and folds.")
        {
            folder, output, minReadings, seed, threads,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Import(
                new LidcImportOptions
                {
                    Folder = parsed.GetRequiredValue(folder),
                    Output = parsed.GetRequiredValue(output),
                    MinReadings = parsed.GetValue(minReadings),
                    Seed = parsed.GetValue(seed),
                    Threads = parsed.GetValue(threads),
                },
                cancellation),
            CancellationToken.None));
        return command;
    }

    private static int Import(LidcImportOptions options, CancellationToken cancellation)
    {
        var summary = ImportProgressDisplay.Show(progress => LidcImport.Run(options, progress, cancellation));
        ImportReport.Print(summary, options);
        return summary.Scans > 0 ? 0 : 1;
    }
}
