namespace Cdam.Explainer.Tests.Running;

/// <summary>Blocks the thread that waits on it, until disposal.</summary>
internal sealed class DeviceHold : IDisposable
{
    private readonly ManualResetEventSlim _released = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Begun => _begun.Task;

    public bool Wait()
    {
        _begun.SetResult();
        _released.Wait();
        return true;
    }

    // Not disposed: the thread may still be leaving Wait.
    public void Dispose() => _released.Set();
}
