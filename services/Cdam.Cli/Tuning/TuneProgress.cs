using System.Globalization;
using Cdam.V1;
using Spectre.Console;

namespace Cdam.Cli.Tuning;

/// <summary>How far a tuning is: a bar on a terminal, a line each tenth of the way elsewhere.</summary>
internal static class TuneProgress
{
    private const int Lines = 10;

    public static Task<T> Show<T>(Func<Action<BenchmarkProgress>, Task<T>> work) =>
        CommandErrors.Console.Profile.Capabilities is { Interactive: true, Ansi: true }
            ? CommandErrors.Console.Progress().AutoClear(true)
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
                .StartAsync(context =>
                {
                    var bar = context.AddTask("measuring");
                    return work(progress =>
                    {
                        (bar.MaxValue, bar.Value) = (progress.ImageCount, Done(progress));
                        bar.Description = Text(progress);
                    });
                })
            : work(Line);

    private static void Line(BenchmarkProgress progress)
    {
        var done = Done(progress);
        if (done > 0 && done * Lines / progress.ImageCount > (done - 1) * Lines / progress.ImageCount)
        {
            CommandErrors.Console.WriteLine(Text(progress));
        }
    }

    private static int Done(BenchmarkProgress progress) => progress.MeasuredCount + progress.FailedCount;

    private static string Text(BenchmarkProgress progress)
    {
        var left = progress.HasRemainingSeconds ? $", {TimeSpan.FromSeconds(progress.RemainingSeconds):h\\:mm\\:ss} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Done(progress)} of {progress.ImageCount} images{left}");
    }
}
