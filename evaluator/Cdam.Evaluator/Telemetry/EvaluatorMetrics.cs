using Cdam.Telemetry.Metrics;

namespace Cdam.Evaluator.Telemetry;

/// <summary>What an evaluator measures beside <see cref="StandardMetrics"/>.</summary>
public static class EvaluatorMetrics
{
    public static readonly Metric Sessions = new(
        "cdam.sessions", MetricKind.Gauge, "{session}", "Sessions in the store, of all evaluators; counted every few seconds.", "state");

    public static readonly Metric SessionsRunning = new("cdam.sessions.running", MetricKind.Gauge, "{session}", "Sessions that this evaluator works on.");

    public static readonly Metric SessionsEnded = new("cdam.sessions.ended", MetricKind.Counter, "{session}", "Sessions that this evaluator brought to an end.", "state");

    public static readonly Metric Images = new(
        "cdam.images", MetricKind.Counter, "{image}", "Images of sessions that were measured, or cannot be.", "outcome");

    public static readonly Metric ImageDuration = new("cdam.image.duration", MetricKind.Histogram, "s", "Measuring of an image, its waits for the explainer included.");

    public static readonly Metric ImageWait = new("cdam.image.wait", MetricKind.Histogram, "s", "Of an image's time, what was spent awaiting the explainer's answers.");

    public static readonly Metric ForwardPasses = new(
        "cdam.session.forward.passes", MetricKind.Counter, "{pass}",
        "Perturbed pictures of measured images: planned ones were asked for, naive ones would have been by a loop for each method and run.", "plan");

    public static readonly Metric ExplainerRetries = new(
        "cdam.explainer.retries", MetricKind.Counter, "{attempt}", "Attempts at an image that failed and are made again.", "code");

    public static readonly Metric ExplainerCallDuration = new(
        "rpc.client.call.duration", MetricKind.Histogram, "s", "Calls of explainers, from their start to their status.",
        "rpc.system.name", "rpc.method", "rpc.response.status_code");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        Sessions, SessionsRunning, SessionsEnded, Images, ImageDuration, ImageWait, ForwardPasses, ExplainerRetries, ExplainerCallDuration,
    ];
}
