using System.Diagnostics;
using Cdam.Training.Fitting;

namespace Cdam.Cli.Sanity;

/// <summary>Counts explained images, and ends the work when it is cancelled.</summary>
internal sealed class SanityProgress(IProgress<TrainingProgress> progress, long total, CancellationToken cancellation)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _done;

    /// <param name="stage">What the model was re-drawn down to.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public void Step(string stage)
    {
        cancellation.ThrowIfCancellationRequested();
        _done++;
        var left = Stopwatch.GetElapsedTime(_start) / _done * (total - _done);
        progress.Report(new TrainingProgress("comparing maps", _done, total, Left: left, Note: stage));
    }
}
