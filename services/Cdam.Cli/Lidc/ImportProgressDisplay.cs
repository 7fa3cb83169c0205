using Cdam.Training.Lidc.Import;
using Spectre.Console;

namespace Cdam.Cli.Lidc;

/// <summary>Shows how far an import is: a bar on a terminal, now and then a line elsewhere.</summary>
internal static class ImportProgressDisplay
{
    /// <summary>Lines of a whole import in a file.</summary>
    private const int Lines = 20;

    public static ImportSummary Show(Func<Action<ImportProgress>, ImportSummary> import) =>
        CommandErrors.Console.Profile.Out.IsTerminal ? WithBar(import) : import(WriteLine);

    private static ImportSummary WithBar(Func<Action<ImportProgress>, ImportSummary> import) =>
        CommandErrors.Console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(display =>
            {
                var task = display.AddTask("looking for scans");
                return import(progress =>
                {
                    task.MaxValue = progress.Total;
                    task.Value = progress.Done;
                    task.Description = Text(progress);
                });
            });

    private static void WriteLine(ImportProgress progress)
    {
        var step = Math.Max(1, progress.Total / Lines);
        if (progress.Done % step == 0 || progress.Done == progress.Total)
        {
            CommandErrors.Console.WriteLine(Text(progress));
        }
    }

    private static string Text(ImportProgress progress) =>
        $"{progress.Done} of {progress.Total} folders, {progress.Nodules} nodules, {progress.Skipped} skipped";
}
