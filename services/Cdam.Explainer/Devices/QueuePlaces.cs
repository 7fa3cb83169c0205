namespace Cdam.Explainer.Devices;

/// <summary>
/// The places of the queue. A single call is refused when there is none; items of streams wait, which their clients feel as
/// back-pressure, but may hold only three quarters of the places: otherwise a few busy streams would have every single call refused.
/// </summary>
internal sealed class QueuePlaces(int capacity) : IDisposable
{
    private readonly SemaphoreSlim _all = new(capacity, capacity);
    private readonly SemaphoreSlim _streams = new(Math.Max(1, capacity * 3 / 4));

    public int Capacity => capacity;

    /// <summary>Work that waits or is being prepared.</summary>
    public int InUse => capacity - _all.CurrentCount;

    /// <summary>A place, or null if there is none.</summary>
    public QueuePlace? TryEnter() => _all.Wait(0) ? new QueuePlace(() => _all.Release()) : null;

    /// <summary>Waits for a place.</summary>
    public async Task<QueuePlace> EnterAsync(CancellationToken cancellation)
    {
        await _streams.WaitAsync(cancellation);
        try
        {
            await _all.WaitAsync(cancellation);
        }
        catch
        {
            _streams.Release();
            throw;
        }

        return new QueuePlace(() =>
        {
            _all.Release();
            _streams.Release();
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _all.Dispose();
        _streams.Dispose();
    }
}
