namespace Cdam.Explainer.Devices;

/// <summary>No place is left in the queue.</summary>
/// <param name="capacity">Places that there are.</param>
/// <param name="retryAfter">When one is likely to be free.</param>
internal sealed class QueueFullException(int capacity, TimeSpan retryAfter)
    : Exception($"{capacity} requests are waiting for the device already; at most {capacity} may")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
