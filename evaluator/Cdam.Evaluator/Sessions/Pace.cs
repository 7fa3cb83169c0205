namespace Cdam.Evaluator.Sessions;

/// <summary>How long the rest will take, at the pace since the work began here.</summary>
internal sealed class Pace(int outstanding, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private int _settled;

    /// <summary>Counts an image, and says how long the others will take.</summary>
    internal TimeSpan Next()
    {
        var settled = Interlocked.Increment(ref _settled);
        return clock.GetElapsedTime(_start) / settled * (outstanding - settled);
    }
}
