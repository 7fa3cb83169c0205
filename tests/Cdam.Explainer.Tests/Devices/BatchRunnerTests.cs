using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Telemetry;
using Cdam.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cdam.Explainer.Tests.Devices;

public sealed class BatchRunnerTests : IDisposable
{
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ActivitySource _spans = new("batch runner");
    private readonly BatchRunner _runner;
    private readonly List<int> _sizes = [];

    public BatchRunnerTests()
    {
        var meter = new ExplainerMeter(new HostMeter(_metrics.GetRequiredService<IMeterFactory>(), new HostName("batch runner")));
        _runner = new BatchRunner(
            new Throughput(), meter, new DeviceSpans(_spans, TimeProvider.System), TimeProvider.System, NullLogger<BatchRunner>.Instance);
    }

    public void Dispose()
    {
        _spans.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task Run_OneBadItem_DoesNotFailTheOthers()
    {
        var batch = Batch(4, values => values.Contains(2) ? new InvalidOperationException("2 is bad") : null);
        _runner.Run(batch);
        await Assert.ThrowsAsync<InvalidOperationException>(() => batch[2].Completion);
        batch.RemoveAt(2);
        Assert.Equal([0, 1, 3], await ValuesAsync(batch));
        Assert.Equal([4, 1, 1, 1, 1], _sizes);
    }

    [Fact]
    public async Task Run_OutOfMemory_HalvesTheBatchUntilItFits()
    {
        var batch = Batch(7, values => values.Count > 2 ? OutOfMemory() : null);
        _runner.Run(batch);
        Assert.Equal(Enumerable.Range(0, 7), await ValuesAsync(batch));
        Assert.Equal([7, 4, 2, 2, 3, 2, 1], _sizes);
    }

    [Fact]
    public async Task Run_OutOfMemoryAlone_IsADeviceMemoryFault()
    {
        var batch = Batch(1, _ => OutOfMemory());
        _runner.Run(batch);
        await Assert.ThrowsAsync<DeviceMemoryException>(() => batch[0].Completion);
    }

    [Fact]
    public async Task Run_ExpiredAndCancelledWork_IsDroppedBeforeTheDevice()
    {
        var late = Work(0, call: new CallLifetime(DateTime.UtcNow.AddSeconds(-1), default));
        var cancelled = Work(1, call: new CallLifetime(DateTime.MaxValue, new CancellationToken(true)));
        var wanted = Work(2);
        _runner.Run([late, cancelled, wanted]);
        await Assert.ThrowsAsync<DeadlinePassedException>(() => late.Completion);
        await Assert.ThrowsAsync<OperationCanceledException>(() => cancelled.Completion);
        var result = await wanted.Completion;
        Assert.Equal((2, 1), (result.Value, result.Timing.Size));
        Assert.Equal([1], _sizes);
    }

#pragma warning disable CA2201 // What TorchSharp throws.
    private static ExternalException OutOfMemory() => new("CUDA out of memory. Tried to allocate 2 GiB");
#pragma warning restore CA2201

    private static async Task<IEnumerable<int>> ValuesAsync(IEnumerable<FakeWork> batch) =>
        (await Task.WhenAll(batch.Select(work => work.Completion))).Select(result => result.Value);

    private List<FakeWork> Batch(int count, Func<IReadOnlyList<int>, Exception?> fault) =>
        [.. Enumerable.Range(0, count).Select(value => Work(value, fault))];

    private FakeWork Work(int value, Func<IReadOnlyList<int>, Exception?>? fault = null, CallLifetime? call = null) => new("g", value, values =>
    {
        _sizes.Add(values.Count);
        return fault?.Invoke(values) is { } exception ? throw exception : [.. values.Select(entry => (object?)entry)];
    }, call: call);
}
