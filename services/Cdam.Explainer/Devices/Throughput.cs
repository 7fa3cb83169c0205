namespace Cdam.Explainer.Devices;

/// <summary>Seconds that the device took for an item of late, for telling refused callers when to come again.</summary>
internal sealed class Throughput
{
    private const double Weight = 0.2;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private double _secondsPerItem = 0.5;

    /// <summary>Only the device thread records.</summary>
    public void Record(int items, TimeSpan busy)
    {
        var current = Volatile.Read(ref _secondsPerItem);
        Volatile.Write(ref _secondsPerItem, current + Weight * (busy.TotalSeconds / items - current));
    }

    /// <summary>When half of the waiting items should be done: then a place is free for certain, and not only for the first who asks.</summary>
    public TimeSpan Estimate(int waiting)
    {
        var seconds = Volatile.Read(ref _secondsPerItem) * Math.Max(1, waiting / 2);
        return TimeSpan.FromSeconds(Math.Clamp(seconds, Shortest.TotalSeconds, Longest.TotalSeconds));
    }
}
