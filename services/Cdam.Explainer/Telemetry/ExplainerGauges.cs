using System.Diagnostics.Metrics;
using Cdam.Explainer.Configuration;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Models;
using Cdam.Telemetry;
using Cdam.Telemetry.Metrics;

namespace Cdam.Explainer.Telemetry;

/// <summary>What can be read whenever somebody asks.</summary>
internal sealed class ExplainerGauges
{
    public ExplainerGauges(HostMeter meter, ExplainerOptions options, DeviceThread device, ModelRegistry registry)
    {
        meter.Value.Observe(ExplainerMetrics.QueueDepth, () => [ExplainerMetrics.QueueDepth.Of(device.Admitted)]);
        meter.Value.Observe(ExplainerMetrics.QueueCapacity, () => [ExplainerMetrics.QueueCapacity.Of(options.QueueCapacity)]);
        meter.Value.CreateObservableGauge(
            ExplainerMetrics.QueueAge.Name, () => device.QueueAge.TotalSeconds, ExplainerMetrics.QueueAge.Unit, ExplainerMetrics.QueueAge.Description);
        Observe(meter, ExplainerMetrics.ForwardPasses, registry, model => model.Engine.Passes.Forward);
        Observe(meter, ExplainerMetrics.BackwardPasses, registry, model => model.Engine.Passes.Backward);
        Observe(meter, ExplainerMetrics.ModelReady, registry, model => model.IsReady && !registry.IsDraining ? 1 : 0);
        Observe(meter, ExplainerMetrics.DeviceMemoryUsed, registry, memory => memory.Used);
        Observe(meter, ExplainerMetrics.DeviceMemoryTotal, registry, memory => memory.Total);
    }

    private static void Observe(HostMeter meter, Metric metric, ModelRegistry registry, Func<ServedModel, long> read) =>
        meter.Value.Observe(metric, () => registry.All.Select(model => metric.Of(read(model), model.Name)));

    /// <summary>All models are on one device; before they are loaded it is not known which.</summary>
    private static void Observe(HostMeter meter, Metric metric, ModelRegistry registry, Func<DeviceMemoryReading, long> read) =>
        meter.Value.Observe(metric, () => registry.All.FirstOrDefault()?.Engine.Device is { } device && DeviceMemoryReading.Of(device) is { } memory
            ? [metric.Of(read(memory), device)]
            : Enumerable.Empty<Measurement<long>>());
}
