using Cdam.Training.Fitting;
using Spectre.Console;

namespace Cdam.Cli.Training;

/// <summary>Runs long work and shows how far it is: bars on a terminal, a line now and then in a file.</summary>
internal static class TrainingDisplay
{
    /// <summary>What a shell expects of a program that Ctrl-C ended.</summary>
    private const int Interrupted = 130;

    /// <param name="training">The work; it runs on one thread of its own.</param>
    /// <param name="print">Shows what came of it.</param>
    /// <param name="stopped">What Ctrl-C leaves.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run<T>(
        Func<IProgress<TrainingProgress>, T> training, Action<T> print, string stopped = "the same command goes on from here")
    {
        try
        {
            // Not on this thread: until the command's action returns its task, nobody listens for Ctrl-C.
            print(await Task.Run(() => Show(training)));
            return 0;
        }
        catch (OperationCanceledException)
        {
            CommandErrors.Console.MarkupLineInterpolated($"[yellow]stopped[/]; {stopped}");
            return Interrupted;
        }
    }

    private static T Show<T>(Func<IProgress<TrainingProgress>, T> training) =>
        CommandErrors.Console.Profile.Capabilities is { Interactive: true, Ansi: true }
            ? CommandErrors.Console.Progress().AutoClear(true)
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
                .Start(context => training(new ProgressBars(context)))
            : training(new ProgressLines(Console.Error, TimeProvider.System));
}
