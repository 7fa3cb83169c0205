using System.Diagnostics;

namespace Cdam.Training.Fitting;

/// <summary>Guesses the time left from the pace since the first call: what a run had done before says nothing of this one's pace.</summary>
internal sealed class Pace
{
    private long _start, _begin = -1;

    /// <param name="done">Steps done.</param>
    /// <param name="total">Steps of all.</param>
    /// <returns>Null on the first call.</returns>
    public TimeSpan? Left(long done, long total)
    {
        if (_begin < 0)
        {
            (_start, _begin) = (Stopwatch.GetTimestamp(), done);
            return null;
        }

        return done > _begin ? Stopwatch.GetElapsedTime(_start) / (done - _begin) * (total - done) : null;
    }
}
