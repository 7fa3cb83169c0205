using Cdam.Explainer.Devices;

namespace Cdam.Explainer.Tests.Devices;

/// <summary>Work whose batches do what a test says.</summary>
internal sealed class FakeWork(string group, int value, Func<IReadOnlyList<int>, IReadOnlyList<object?>> run, QueuePlace? place = null, CallLifetime? call = null,
    int inputs = 1)
    : DeviceWork<int>(group, place ?? new QueuePlace(null), call ?? new CallLifetime(DateTime.MaxValue, default))
{
    public override int Inputs => inputs;

    public override IReadOnlyList<object?> Run(IReadOnlyList<DeviceWork> batch, Func<int, bool> abandoned) =>
        run([.. batch.Select(work => ((FakeWork)work).Value)]);

    private int Value { get; } = value;
}
