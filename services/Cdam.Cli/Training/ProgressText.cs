using Cdam.Training.Fitting;

namespace Cdam.Cli.Training;

/// <summary>How far a training is, in words.</summary>
internal static class ProgressText
{
    /// <summary>For example <c>loss 0.532, accuracy 83.1 %, 12 min left</c>; empty if there is nothing to say.</summary>
    public static string Details(TrainingProgress progress) => string.Join(", ", Parts(progress));

    private static IEnumerable<string> Parts(TrainingProgress progress)
    {
        if (progress.Loss is { } loss)
        {
            yield return $"loss {loss:0.000}";
        }

        if (progress.Accuracy is { } accuracy)
        {
            yield return $"accuracy {100 * accuracy:0.0} %";
        }

        if (progress.Left is { } left)
        {
            yield return $"{Rounded(left)} left";
        }
    }

    private static string Rounded(TimeSpan time) => time.TotalMinutes switch
    {
        < 1 => $"{time.TotalSeconds:0} s",
        < 60 => $"{time.TotalMinutes:0} min",
        _ => $"{(int)time.TotalHours} h {time.Minutes:00} min",
    };
}
