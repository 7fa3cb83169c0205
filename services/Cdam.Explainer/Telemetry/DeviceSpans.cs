using System.Diagnostics;
using Cdam.Explainer.Devices;

namespace Cdam.Explainer.Telemetry;

/// <summary>
/// Spans of calls for what the device thread does with them: the wait in the queue and the batch, each in its own call's trace, with
/// links to the calls that shared the batch. They are made once the batch is over, so that the device never waits for them.
/// </summary>
internal sealed class DeviceSpans(ActivitySource source, TimeProvider time)
{
    public const string Queue = "queue";
    public const string Device = "device";

    /// <param name="batch">What ran together.</param>
    /// <param name="started">Timestamp of its start; it ends now.</param>
    /// <param name="fault">What went wrong; null for nothing.</param>
    public void Record(IReadOnlyList<DeviceWork> batch, long started, Exception? fault = null)
    {
        if (!source.HasListeners())
        {
            return;
        }

        var end = time.GetUtcNow();
        var begin = end - time.GetElapsedTime(started);
        var inputs = batch.Sum(work => work.Inputs);
        foreach (var work in batch.Where(work => work.Caller != default))
        {
            Record(Queue, work, [], begin - time.GetElapsedTime(work.Submitted, started), begin)?.Dispose();
            var others = batch.Where(other => other != work && other.Caller != default).Select(other => new ActivityLink(other.Caller));
            using var span = Record(Device, work, others, begin, end);
            span?.SetTag("cdam.batch.size", inputs);
            span?.SetStatus(fault is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, fault?.Message);
        }
    }

    private Activity? Record(string name, DeviceWork work, IEnumerable<ActivityLink> links, DateTimeOffset begin, DateTimeOffset end)
    {
        var span = source.StartActivity(name, ActivityKind.Internal, work.Caller, null, links, begin);
        span?.SetEndTime(end.UtcDateTime);
        foreach (var (key, value) in work.Tags)
        {
            span?.SetTag(key, value);
        }

        return span;
    }
}
