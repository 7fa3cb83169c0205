using Cdam.Attribution.Native;
using Cdam.Explainer.Configuration;
using Cdam.Explainer.Telemetry;
using TorchSharp;

namespace Cdam.Explainer.Devices;

/// <summary>
/// The one thread that touches torch: dispose scopes and grad mode belong to a thread, and torch keeps a pool of helpers for each
/// thread that calls it. Nothing awaits on it. One process serves one device; more devices take more processes.
/// </summary>
internal sealed class DeviceThread : IDisposable
{
    private const int CpuBatch = 4;
    private const int CudaBatch = 8;
    private readonly ExplainerOptions _options;
    private readonly QueuePlaces _places;
    private readonly DeviceQueue _queue;
    private readonly BatchRunner _runner;
    private readonly Throughput _throughput;
    private readonly ExplainerMeter _meter;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DeviceThread(ExplainerOptions options, Throughput throughput, BatchRunner runner, ExplainerMeter meter, TimeProvider time)
    {
        (_options, _throughput, _runner, _meter) = (options, throughput, runner, meter);
        _places = new QueuePlaces(options.QueueCapacity);
        _queue = new DeviceQueue(_places, time, meter.Dropped);
        _thread = new Thread(Run) { Name = "device", IsBackground = true };
    }

    /// <summary>Work that waits or is being prepared.</summary>
    public int Admitted => _places.InUse;

    /// <summary>How long the work that waits longest has waited.</summary>
    public TimeSpan QueueAge => _queue.Age;

    /// <summary>Starts the thread and loads torch on it.</summary>
    public Task StartAsync()
    {
        _thread.Start();
        return _started.Task;
    }

    /// <summary>A place for a single call.</summary>
    /// <exception cref="QueueFullException">There is none.</exception>
    public QueuePlace Enter()
    {
        if (_places.TryEnter() is { } place)
        {
            return place;
        }

        _meter.Refused();
        throw new QueueFullException(_places.Capacity, _throughput.Estimate(_places.Capacity));
    }

    /// <summary>A place for an item of a stream, as soon as there is one.</summary>
    public Task<QueuePlace> EnterAsync(CancellationToken cancellation) => _places.EnterAsync(cancellation);

    /// <summary>Queues work that holds a place.</summary>
    public Task<WorkResult<T>> SubmitAsync<T>(DeviceWork<T> work)
    {
        _queue.Add(work);
        return work.Completion;
    }

    /// <summary>Runs something on the thread, in its turn.</summary>
    public async Task<T> InvokeAsync<T>(Func<T> callback, CancellationToken cancellation) =>
        (await SubmitAsync(new CallbackWork<T>(callback, cancellation))).Value;

    /// <summary>Finishes what waits, then ends the thread.</summary>
    public Task StopAsync(CancellationToken cancellation)
    {
        _queue.Close();
        return _thread.IsAlive ? _ended.Task.WaitAsync(cancellation) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _queue.Close();

    private void Run()
    {
        int most;
        try
        {
            TorchRuntime.Load();
            torch.set_num_threads(_options.Threads ?? Environment.ProcessorCount);
            most = _options.MaxBatchSize ?? (_options.Device != "cpu" && torch.cuda.is_available() ? CudaBatch : CpuBatch);
        }
        catch (Exception exception)
        {
            _started.SetException(exception);
            _ended.SetResult();
            return;
        }

        _started.SetResult();
        while (_queue.TakeBatch(most, _options.BatchWindow) is { } batch)
        {
            _runner.Run(batch);
        }

        _ended.SetResult();
    }
}
