using Cdam.Attribution.Native;
using Cdam.Explainer.Telemetry;

namespace Cdam.Explainer.Devices;

/// <summary>Runs batches so that no item suffers from another's fault.</summary>
internal sealed partial class BatchRunner(Throughput throughput, ExplainerMeter meter, DeviceSpans spans, TimeProvider time, ILogger<BatchRunner> log)
{
    /// <summary>Settles every item. What is not wanted any more is dropped, before the batch and between its images.</summary>
    public void Run(IReadOnlyList<DeviceWork> batch)
    {
        var wanted = batch.Where(work => !Drop(work)).ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        var started = time.GetTimestamp();
        try
        {
            var results = wanted[0].Run(wanted, position => wanted[position].Call.Ending(time) is not null);
            Settle(wanted, results, started);
        }
        catch (Exception exception) when (wanted.Count > 1)
        {
            meter.Failed(wanted[0]);
            Divide(wanted, exception);
        }
        catch (Exception exception)
        {
            meter.Failed(wanted[0]);
            spans.Record(wanted, started, exception);
            Settle(wanted[0], work => work.Fail(DeviceMemory.IsExhausted(exception) ? new DeviceMemoryException(exception) : exception));
        }
    }

    private static void Settle(DeviceWork work, Action<DeviceWork> settle)
    {
        work.Cancellation.Unregister();
        settle(work);
    }

    /// <summary>Memory: half of the batch may fit. Any other fault is one item's: each alone shows whose.</summary>
    private void Divide(List<DeviceWork> batch, Exception exception)
    {
        var size = DeviceMemory.IsExhausted(exception) ? (batch.Count + 1) / 2 : 1;
        LogDivided(batch.Count, size, exception);
        foreach (var part in batch.Chunk(size))
        {
            Run(part);
        }
    }

    private void Settle(List<DeviceWork> batch, IReadOnlyList<object?> results, long started)
    {
        var busy = time.GetElapsedTime(started);
        var inputs = batch.Sum(work => work.Inputs);
        throughput.Record(batch.Count, busy);
        meter.Ran(batch, batch.Select(work => time.GetElapsedTime(work.Submitted, started)), busy);
        spans.Record(batch, started);
        for (var i = 0; i < batch.Count; i++)
        {
            var queued = time.GetElapsedTime(batch[i].Submitted, started);
            if (results[i] is { } result)
            {
                Settle(batch[i], work => work.Succeed(result, new BatchTiming(queued, busy, inputs)));
            }
            else
            {
                Drop(batch[i]);
            }
        }
    }

    private bool Drop(DeviceWork work)
    {
        if (!work.IsSettled && work.Call.Ending(time) is { } ending)
        {
            work.Cancellation.Unregister();
            if (work.Fail(ending))
            {
                meter.Dropped(work, ending);
            }
        }

        return work.IsSettled;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "a batch of {Size} failed and runs again in parts of {Part}")]
    private partial void LogDivided(int size, int part, Exception exception);
}
