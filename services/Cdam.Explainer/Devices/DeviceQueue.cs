namespace Cdam.Explainer.Devices;

/// <summary>Work that waits for the device, oldest first. Holds only wanted work: what is cancelled leaves at once, and its place with it.</summary>
/// <param name="places">What work holds while it waits.</param>
/// <param name="time">For when it was submitted.</param>
/// <param name="dropped">Told of cancelled work, and why it was dropped.</param>
internal sealed class DeviceQueue(QueuePlaces places, TimeProvider time, Action<DeviceWork, Exception>? dropped = null)
{
    private readonly object _gate = new();
    private readonly LinkedList<DeviceWork> _waiting = [];
    private bool _closed;

    /// <summary>How long the work that waits longest has waited; zero where none does.</summary>
    public TimeSpan Age
    {
        get
        {
            lock (_gate)
            {
                return _waiting.First is { } oldest ? time.GetElapsedTime(oldest.Value.Submitted) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Adds work that holds its place.</summary>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void Add(DeviceWork work)
    {
        work.Submitted = time.GetTimestamp();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _waiting.AddLast(work);
            Monitor.Pulse(_gate);
        }

        work.Cancellation = work.Call.Token.UnsafeRegister(_ => Remove(work), null);
    }

    /// <summary>Refuses further work; what waits can still be taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>
    /// Takes the oldest work and others of its group. A batch that is not full waits for the window, but only while requests are on
    /// their way (they hold a place and are being decoded): without any, nobody could join, and waiting would delay every lone caller.
    /// </summary>
    /// <param name="most">Network inputs in a batch; work that has more by itself runs alone.</param>
    /// <param name="window">How long a batch that is not full waits.</param>
    /// <returns>Null once the queue is closed and empty.</returns>
    public IReadOnlyList<DeviceWork>? TakeBatch(int most, TimeSpan window)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            var batch = new List<DeviceWork>(most);
            var started = time.GetTimestamp();
            var group = _waiting.First!.Value.Group;
            MoveTo(batch, group, most);
            while (batch.Sum(work => work.Inputs) < most && places.InUse > _waiting.Count && window - time.GetElapsedTime(started) is { Ticks: > 0 } rest)
            {
                Monitor.Wait(_gate, rest);
                MoveTo(batch, group, most);
            }

            return batch;
        }
    }

    private void MoveTo(List<DeviceWork> batch, object group, int most)
    {
        var rest = most - batch.Sum(work => work.Inputs);
        for (var node = _waiting.First; node is not null && rest > 0;)
        {
            var next = node.Next;
            if (node.Value.Group.Equals(group) && (node.Value.Inputs <= rest || batch.Count == 0))
            {
                _waiting.Remove(node);
                batch.Add(node.Value);
                rest -= node.Value.Inputs;
                node.Value.Place.Dispose();
            }

            node = next;
        }
    }

    private void Remove(DeviceWork work)
    {
        lock (_gate)
        {
            _waiting.Remove(work);
        }

        work.Place.Dispose();
        var ending = work.Call.Ending(time)!;
        if (work.Fail(ending))
        {
            dropped?.Invoke(work, ending);
        }
    }
}
