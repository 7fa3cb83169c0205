using System.Diagnostics;
using Cdam.Training.Fitting;

namespace Cdam.Training.LungModels;

/// <summary>Counts the steps of all folds.</summary>
/// <param name="target">Told at every step; may be null.</param>
/// <param name="total">Steps of all folds, should each run to its last epoch.</param>
internal sealed class LungProgress(IProgress<TrainingProgress>? target, long total)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _made;
    private long _skipped;

    /// <summary>Steps that need not be made: done in a former run, or saved by stopping early.</summary>
    public void Skip(long steps) => _skipped += steps;

    /// <summary>A step was made.</summary>
    /// <param name="fold">The fold it belongs to, for people.</param>
    /// <param name="done">Steps done of the fold.</param>
    /// <param name="of">Steps of the fold.</param>
    /// <param name="loss">Mean over the epoch so far.</param>
    /// <param name="note">The epoch, and what the last validation said.</param>
    public void Step(string fold, long done, long of, double loss, string note)
    {
        _made++;
        var left = _watch.Elapsed / _made * (total - _skipped - _made);
        target?.Report(new TrainingProgress(fold, done, of, loss, Left: left, Note: note));
    }
}
