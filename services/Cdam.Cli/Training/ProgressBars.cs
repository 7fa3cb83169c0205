using Cdam.Training.Fitting;
using Spectre.Console;

namespace Cdam.Cli.Training;

/// <summary>A bar for each stage of a training. Safe from any thread.</summary>
internal sealed class ProgressBars(ProgressContext context) : IProgress<TrainingProgress>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ProgressTask> _bars = [];

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            if (!_bars.TryGetValue(value.Stage, out var bar))
            {
                _bars[value.Stage] = bar = context.AddTask(Markup.Escape(value.Stage));
            }

            var details = ProgressText.Details(value);
            bar.Description = Markup.Escape(details.Length > 0 ? $"{value.Stage}: {details}" : value.Stage);
            bar.MaxValue = value.Total;
            // Reports of several threads may overtake each other.
            bar.Value = Math.Max(bar.Value, value.Done);
        }
    }
}
