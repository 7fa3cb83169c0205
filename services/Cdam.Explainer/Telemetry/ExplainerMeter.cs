using System.Diagnostics.Metrics;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Explaining;
using Cdam.Telemetry;
using Cdam.Telemetry.Metrics;

namespace Cdam.Explainer.Telemetry;

/// <summary>Counts what happens; what can be read at any time is <see cref="ExplainerGauges"/>' part.</summary>
internal sealed class ExplainerMeter(HostMeter meter)
{
    private readonly Histogram<double> _queueSeconds = meter.Value.Histogram(ExplainerMetrics.QueueDuration);
    private readonly Counter<long> _refusals = meter.Value.Counter(ExplainerMetrics.QueueRefusals);
    private readonly Counter<long> _drops = meter.Value.Counter(ExplainerMetrics.QueueDrops);
    private readonly Histogram<double> _batchSizes = meter.Value.Histogram(ExplainerMetrics.BatchSize);
    private readonly Histogram<double> _batchSeconds = meter.Value.Histogram(ExplainerMetrics.BatchDuration);
    private readonly Counter<long> _batchFailures = meter.Value.Counter(ExplainerMetrics.BatchFailures);
    private readonly Histogram<double> _preprocessingSeconds = meter.Value.Histogram(ExplainerMetrics.PreprocessingDuration);
    private readonly Histogram<double> _explainSeconds = meter.Value.Histogram(ExplainerMetrics.ExplainDuration);

    /// <summary>The queue was full.</summary>
    public void Refused() => _refusals.Add(1);

    /// <summary>Work was not wanted any more.</summary>
    /// <param name="work">What it was.</param>
    /// <param name="ending">Why.</param>
    public void Dropped(DeviceWork work, Exception ending)
    {
        if (work.Group is BatchKey key)
        {
            _drops.Add(1, Model(key), new("reason", ending is DeadlinePassedException ? "deadline" : "cancelled"));
        }
    }

    /// <summary>A batch has run.</summary>
    /// <param name="batch">All that was wanted at its start.</param>
    /// <param name="queued">How long each waited before, in that order.</param>
    /// <param name="busy">How long it took.</param>
    public void Ran(IReadOnlyList<DeviceWork> batch, IEnumerable<TimeSpan> queued, TimeSpan busy)
    {
        if (batch[0].Group is not BatchKey key)
        {
            return;
        }

        _batchSizes.Record(batch.Sum(work => work.Inputs), Model(key), Kind(key));
        _batchSeconds.Record(busy.TotalSeconds, Model(key), Kind(key));
        foreach (var waited in queued)
        {
            _queueSeconds.Record(waited.TotalSeconds, Model(key));
        }
    }

    /// <summary>A batch has failed.</summary>
    public void Failed(DeviceWork work)
    {
        if (work.Group is BatchKey key)
        {
            _batchFailures.Add(1, Model(key), Kind(key));
        }
    }

    /// <summary>An image is ready for the device.</summary>
    public void Preprocessed(ExplainPlan plan, TimeSpan duration) =>
        _preprocessingSeconds.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("model", plan.Model.Name));

    /// <summary>An image was explained.</summary>
    public void Explained(Explained explained)
    {
        if (!_explainSeconds.Enabled)
        {
            return;
        }

        var views = explained.Explanation.Views;
        foreach (var (position, method) in explained.Plan.Methods.Index())
        {
            var seconds = views.Sum(view => view.MethodDurations[position].TotalSeconds);
            _explainSeconds.Record(seconds, new("model", explained.Plan.Model.Name), new("method", method.Name));
        }
    }

    private static KeyValuePair<string, object?> Model(BatchKey key) => new("model", key.Model.Name);

    private static KeyValuePair<string, object?> Kind(BatchKey key) => new("kind", key.Kind);
}
