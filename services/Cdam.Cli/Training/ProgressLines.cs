using Cdam.Training.Fitting;

namespace Cdam.Cli.Training;

/// <summary>Progress where nothing can be written over: a plain line, at most every ten seconds. Safe from any thread.</summary>
/// <param name="writer">Takes the lines.</param>
/// <param name="time">Tells when the next one is due.</param>
internal sealed class ProgressLines(TextWriter writer, TimeProvider time) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private long? _written;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_written is { } written && time.GetElapsedTime(written, now) < Interval)
            {
                return;
            }

            _written = now;
            var details = ProgressText.Details(value);
            writer.WriteLine($"{value.Stage} {value.Done}/{value.Total}{(details.Length > 0 ? ": " : "")}{details}");
        }
    }
}
