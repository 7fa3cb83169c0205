using System.Globalization;
using Cdam.V1;
using Spectre.Console;

namespace Cdam.Cli.Benching;

/// <summary>How far a benchmark is, on one line of a terminal, or on a line now and then elsewhere.</summary>
internal sealed class BenchProgress : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly bool _rewrites = CommandErrors.Console.Profile.Capabilities is { Interactive: true, Ansi: true };
    private DateTime _shown;
    private (DateTime Time, long Passes)? _first;

    public void Show(BenchmarkEvent happened)
    {
        var (progress, time) = (happened.Progress, happened.Time.ToDateTime());
        if (progress is null || (!_rewrites && DateTime.UtcNow - _shown < Interval && happened.Finished is null))
        {
            return;
        }

        _shown = DateTime.UtcNow;
        _first ??= (time, progress.ForwardPasses);
        var seconds = (time - _first.Value.Time).TotalSeconds;
        var pace = seconds > 0 ? $", {(progress.ForwardPasses - _first.Value.Passes) / seconds:0} forward passes a second" : "";
        var left = progress.HasRemainingSeconds ? $", {TimeSpan.FromSeconds(progress.RemainingSeconds):h\\:mm\\:ss} left" : "";
        var image = (happened.ImageMeasured?.Name ?? happened.ImageFailed?.Name) is { } name ? $" {name}" : "";
        var line = string.Create(CultureInfo.InvariantCulture,
            $"{progress.MeasuredCount + progress.FailedCount} of {progress.ImageCount} images{image}{pace}{left}");
        CommandErrors.Console.Write(_rewrites ? $"\r{line}\u001b[K" : $"{line}\n");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_rewrites)
        {
            CommandErrors.Console.Write("\n");
        }
    }
}
