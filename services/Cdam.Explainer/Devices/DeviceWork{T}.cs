namespace Cdam.Explainer.Devices;

/// <summary>Work with a result.</summary>
internal abstract class DeviceWork<T>(object group, QueuePlace place, CallLifetime call) : DeviceWork(group, place, call)
{
    // Asynchronously, so that no caller's continuation ever runs on the device thread.
    private readonly TaskCompletionSource<WorkResult<T>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<WorkResult<T>> Completion => _completion.Task;

    public sealed override bool IsSettled => _completion.Task.IsCompleted;

    public sealed override void Succeed(object result, BatchTiming timing) => _completion.TrySetResult(new WorkResult<T>((T)result, timing));

    public sealed override bool Fail(Exception exception) => _completion.TrySetException(exception);
}
