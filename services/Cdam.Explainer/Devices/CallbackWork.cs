namespace Cdam.Explainer.Devices;

/// <summary>Anything else that touches torch: loading, warming up, freeing. Always alone in its batch, and takes no place.</summary>
internal sealed class CallbackWork<T>(Func<T> callback, CancellationToken cancellation)
    : DeviceWork<T>(new object(), new QueuePlace(null), new CallLifetime(DateTime.MaxValue, cancellation))
{
    public override IReadOnlyList<object?> Run(IReadOnlyList<DeviceWork> batch, Func<int, bool> abandoned) => [callback()];
}
