using Cdam.Telemetry.Metrics;

namespace Cdam.Explainer.Telemetry;

/// <summary>What an explainer measures beside <see cref="StandardMetrics"/>.</summary>
public static class ExplainerMetrics
{
    private const string Model = "model";

    public static readonly Metric QueueDepth = new(
        "cdam.queue.depth", MetricKind.Gauge, "{request}", "Requests that wait for the device, those being decoded included.");

    public static readonly Metric QueueCapacity = new(
        "cdam.queue.capacity", MetricKind.Gauge, "{request}", "Requests that may wait; further ones are refused.");

    public static readonly Metric QueueAge = new(
        "cdam.queue.age", MetricKind.Gauge, "s", "How long the request that waits longest has waited; 0 where none does.");

    public static readonly Metric QueueDuration = new(
        "cdam.queue.duration", MetricKind.Histogram, "s", "From a request's submission to the start of its batch.", Model);

    public static readonly Metric QueueRefusals = new("cdam.queue.refusals", MetricKind.Counter, "{request}", "Requests refused because the queue was full.");

    public static readonly Metric QueueDrops = new(
        "cdam.queue.drops", MetricKind.Counter, "{request}", "Requests given up before their answer: their caller cancelled, or their deadline passed.", Model, "reason");

    public static readonly Metric BatchSize = new("cdam.batch.size", MetricKind.Histogram, "{input}", "Network inputs that ran as one batch.", Model, "kind");

    public static readonly Metric BatchDuration = new(
        "cdam.batch.duration", MetricKind.Histogram, "s", "Batches on the device, the maps of all their images included.", Model, "kind");

    public static readonly Metric BatchFailures = new(
        "cdam.batch.failures", MetricKind.Counter, "{batch}", "Batches that failed; of several requests they then ran again in parts.", Model, "kind");

    public static readonly Metric PreprocessingDuration = new(
        "cdam.preprocessing.duration", MetricKind.Histogram, "s", "Decoding and preparing of an image.", Model);

    public static readonly Metric ExplainDuration = new(
        "cdam.explain.duration", MetricKind.Histogram, "s", "An image's maps by one method on the device, without the forward pass that all methods share.",
        Model, "method");

    public static readonly Metric ForwardPasses = new(
        "cdam.forward.passes", MetricKind.Counter, "{input}", "Network inputs that went through the blocks, those of methods and warm-up included.", Model);

    public static readonly Metric BackwardPasses = new(
        "cdam.backward.passes", MetricKind.Counter, "{input}", "Network inputs that a gradient was carried back to, one for each target.", Model);

    public static readonly Metric DeviceMemoryUsed = new(
        "cdam.device.memory.used", MetricKind.Gauge, "By", "Memory in use: of the GPU by all its users and its driver; on a CPU the process's.", "device");

    public static readonly Metric DeviceMemoryTotal = new(
        "cdam.device.memory.total", MetricKind.Gauge, "By", "Memory that there is: of the GPU; on a CPU what the process may use.", "device");

    public static readonly Metric ModelReady = new("cdam.model.ready", MetricKind.Gauge, "{model}", "1 for a model that takes requests, 0 for one that does not.", Model);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        QueueDepth, QueueCapacity, QueueAge, QueueDuration, QueueRefusals, QueueDrops, BatchSize, BatchDuration, BatchFailures, PreprocessingDuration, ExplainDuration,
        ForwardPasses, BackwardPasses, DeviceMemoryUsed, DeviceMemoryTotal, ModelReady,
    ];
}
