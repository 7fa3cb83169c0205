using System.Diagnostics;

namespace Cdam.Explainer.Devices;

/// <summary>Something for the device thread to do, alone or together with other work of an equal <see cref="Group"/>.</summary>
internal abstract class DeviceWork(object group, QueuePlace place, CallLifetime call)
{
    /// <summary>Work of equal groups may run as one batch.</summary>
    public object Group { get; } = group;

    /// <summary>Held while the work waits.</summary>
    public QueuePlace Place { get; } = place;

    /// <summary>How long the result is wanted.</summary>
    public CallLifetime Call { get; } = call;

    /// <summary>Network inputs that the work adds to a batch.</summary>
    public virtual int Inputs => 1;

    /// <summary>The span that the work is done for; none for work of which there are thousands, or that nobody called for.</summary>
    public virtual ActivityContext Caller => default;

    /// <summary>What its spans say of it.</summary>
    public virtual IEnumerable<KeyValuePair<string, object?>> Tags => [];

    /// <summary>Timestamp of the submission.</summary>
    public long Submitted { get; set; }

    /// <summary>Removes the work from the queue when the caller gives up.</summary>
    public CancellationTokenRegistration Cancellation { get; set; }

    /// <summary>Whether somebody still waits for the result.</summary>
    public abstract bool IsSettled { get; }

    /// <summary>Computes a batch on the device thread.</summary>
    /// <param name="batch">Work of this group, this one among it.</param>
    /// <param name="abandoned">Whether the item of that position is not wanted any more.</param>
    /// <returns>One result for each; null where it was abandoned.</returns>
    public abstract IReadOnlyList<object?> Run(IReadOnlyList<DeviceWork> batch, Func<int, bool> abandoned);

    /// <summary>Hands a result of <see cref="Run"/> to whoever waits for it.</summary>
    public abstract void Succeed(object result, BatchTiming timing);

    /// <summary>Ends the waiting without a result.</summary>
    /// <returns>False where it had ended before.</returns>
    public abstract bool Fail(Exception exception);
}
