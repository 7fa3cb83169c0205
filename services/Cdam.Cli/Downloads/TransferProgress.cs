using System.Diagnostics;
using Spectre.Console;

namespace Cdam.Cli.Downloads;

/// <summary>Shows a transfer: a bar with rate and time left on a terminal, a line every few seconds elsewhere.</summary>
internal static class TransferProgress
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <param name="console">Where it is shown.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="transfer">Does the work, and tells the events it is given.</param>
    public static Task Show(IAnsiConsole console, string name, Func<DownloadEvents, Task> transfer) =>
        console.Profile.Capabilities is { Interactive: true, Ansi: true } ? Bar(console, name, transfer) : transfer(Lines(console, name));

    private static Task Bar(IAnsiConsole console, string name, Func<DownloadEvents, Task> transfer) =>
        console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(Markup.Escape(name));
                await transfer(new DownloadEvents
                {
                    Progress = (bytes, total) =>
                    {
                        task.IsIndeterminate = total is null;
                        task.MaxValue = total ?? task.MaxValue;
                        task.Value = bytes;
                    },
                    Pausing = reason => console.MarkupLineInterpolated($"[yellow]{name}[/]: {reason}"),
                });
            });

    private static DownloadEvents Lines(IAnsiConsole console, string name)
    {
        var last = Stopwatch.GetTimestamp();
        return new DownloadEvents
        {
            Progress = (bytes, total) =>
            {
                if (Stopwatch.GetElapsedTime(last) >= LineInterval)
                {
                    last = Stopwatch.GetTimestamp();
                    console.WriteLine(FormattableString.Invariant($"{name}: {bytes / 1e6:0.0} of {(total is null ? "?" : $"{total / 1e6:0.0}")} MB"));
                }
            },
            Pausing = reason => console.MarkupLineInterpolated($"{name}: {reason}"),
        };
    }
}
