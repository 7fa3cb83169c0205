using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Store;
using Cdam.Telemetry;
using Cdam.Telemetry.Calls;
using Cdam.Telemetry.Metrics;
using Grpc.Core;

namespace Cdam.Evaluator.Telemetry;

/// <summary>
/// Counts and spans of sessions. Each image is a trace of its own with a link to its session: a session has up to millions of calls, which
/// no one could look at as one trace.
/// </summary>
internal sealed class SessionTelemetry(HostMeter meter, ActivitySource spans)
{
    private readonly UpDownCounter<long> _running = meter.Value.CreateUpDownCounter<long>(
        EvaluatorMetrics.SessionsRunning.Name, EvaluatorMetrics.SessionsRunning.Unit, EvaluatorMetrics.SessionsRunning.Description);

    private readonly Counter<long> _ended = meter.Value.Counter(EvaluatorMetrics.SessionsEnded);
    private readonly Counter<long> _images = meter.Value.Counter(EvaluatorMetrics.Images);
    private readonly Histogram<double> _imageSeconds = meter.Value.Histogram(EvaluatorMetrics.ImageDuration);
    private readonly Histogram<double> _waitSeconds = meter.Value.Histogram(EvaluatorMetrics.ImageWait);
    private readonly Counter<long> _passes = meter.Value.Counter(EvaluatorMetrics.ForwardPasses);
    private readonly Counter<long> _retries = meter.Value.Counter(EvaluatorMetrics.ExplainerRetries);

    /// <summary>A session is worked on, until <see cref="Leave"/>.</summary>
    internal Activity? Enter(SessionLease lease)
    {
        _running.Add(1);
        return spans.StartActivity("session")?.SetTag("cdam.session", lease.Id).SetTag("cdam.session.epoch", lease.Epoch);
    }

    internal void Leave(Activity? session)
    {
        _running.Add(-1);
        session?.Dispose();
    }

    internal void Ended(SessionState state)
    {
        Activity.Current?.SetTag("cdam.session.state", Name(state));
        _ended.Add(1, new KeyValuePair<string, object?>("state", Name(state)));
    }

    /// <summary>The span of one image; the caller disposes it.</summary>
    internal Activity? Image(SessionLease lease, ImageRow image)
    {
        if (!spans.HasListeners())
        {
            return null;
        }

        var session = Activity.Current?.Context;
        Activity.Current = null;
        return spans.StartActivity("image", ActivityKind.Internal, default(ActivityContext), null, session is { } link ? [new ActivityLink(link)] : [])
            ?.SetTag("cdam.session", lease.Id).SetTag("cdam.image", image.Name);
    }

    internal void Measured(ImageOutcome outcome)
    {
        _images.Add(1, new KeyValuePair<string, object?>("outcome", "measured"));
        _imageSeconds.Record(outcome.Total.TotalSeconds);
        _waitSeconds.Record(outcome.WaitedForExplainer.TotalSeconds);
        _passes.Add(outcome.ForwardPasses, new KeyValuePair<string, object?>("plan", "planned"));
        _passes.Add(outcome.NaiveForwardPasses, new KeyValuePair<string, object?>("plan", "naive"));
    }

    internal void Failed(RpcException fault)
    {
        Activity.Current?.SetStatus(ActivityStatusCode.Error, fault.Status.Detail);
        _images.Add(1, new KeyValuePair<string, object?>("outcome", "failed"));
    }

    internal void Retried(RpcException fault) =>
        _retries.Add(1, new KeyValuePair<string, object?>("code", StatusName.Of((int)fault.StatusCode)));

    internal static string Name(SessionState state) => state.ToString().ToLowerInvariant();
}
