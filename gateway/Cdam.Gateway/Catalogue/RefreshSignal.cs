using Yarp.ReverseProxy.Model;

namespace Cdam.Gateway.Catalogue;

/// <summary>Asks for a round of questions to the destinations: because one is new, or because a call found nothing to go to.</summary>
internal sealed class RefreshSignal : IClusterChangeListener
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _wanted = NewSource();
    private TaskCompletionSource _next = NewSource();
    private bool _isClosed;

    /// <summary>Completes when a round is asked for.</summary>
    internal Task Wanted
    {
        get
        {
            lock (_gate)
            {
                return _wanted.Task;
            }
        }
    }

    public void OnClusterAdded(ClusterState cluster) => Want();

    public void OnClusterChanged(ClusterState cluster) => Want();

    public void OnClusterRemoved(ClusterState cluster) => Want();

    /// <summary>Waits for the end of a round that has not begun yet; not once the gateway stops.</summary>
    internal Task FreshAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return Task.CompletedTask;
            }

            _wanted.TrySetResult();
            return _next.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>A round begins.</summary>
    /// <returns>Those who wait for it; complete it at its end.</returns>
    internal TaskCompletionSource Begin()
    {
        lock (_gate)
        {
            var round = _next;
            (_wanted, _next) = (NewSource(), NewSource());
            return round;
        }
    }

    /// <summary>There will be no further round: nobody waits any longer.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _next.TrySetResult();
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Want()
    {
        lock (_gate)
        {
            _wanted.TrySetResult();
        }
    }
}
