using System.Diagnostics.Metrics;

namespace Cdam.Telemetry.Metrics;

/// <summary>Makes instruments of what a host's list says.</summary>
public static class MeterExtensions
{
    // From a map on a GPU, 1 ms, to one by pixel gradients on a CPU, minutes.
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
    private static readonly double[] Counts = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

    /// <summary>A counter of whole things.</summary>
    public static Counter<long> Counter(this Meter meter, Metric metric)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(metric);
        return meter.CreateCounter<long>(metric.Name, metric.Unit, metric.Description);
    }

    /// <summary>A histogram, of 1 ms to 5 min where the unit is <c>s</c>, of 1 to 1024 otherwise.</summary>
    public static Histogram<double> Histogram(this Meter meter, Metric metric)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(metric);
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = metric.Unit == "s" ? Seconds : Counts };
        return meter.CreateHistogram(metric.Name, metric.Unit, metric.Description, null, advice);
    }

    /// <summary>A counter or gauge that is read when somebody asks.</summary>
    public static Instrument Observe(this Meter meter, Metric metric, Func<IEnumerable<Measurement<long>>> read)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ArgumentNullException.ThrowIfNull(metric);
        return metric.Kind == MetricKind.Counter
            ? meter.CreateObservableCounter(metric.Name, read, metric.Unit, metric.Description)
            : meter.CreateObservableGauge(metric.Name, read, metric.Unit, metric.Description);
    }

    /// <summary>A measurement with one label.</summary>
    public static Measurement<long> Of(this Metric metric, long value, params object[] labels)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new Measurement<long>(value, metric.Labels.Zip(labels, (name, label) => KeyValuePair.Create(name, (object?)label)));
    }
}
