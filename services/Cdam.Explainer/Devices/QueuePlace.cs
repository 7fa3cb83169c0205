namespace Cdam.Explainer.Devices;

/// <summary>A place in the queue, held from admission until the device takes the work or the work is dropped. Disposing twice is harmless.</summary>
internal sealed class QueuePlace(Action? release) : IDisposable
{
    private Action? _release = release;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
