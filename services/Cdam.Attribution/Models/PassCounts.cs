namespace Cdam.Attribution.Models;

/// <summary>How much went through a network since it was loaded. Counted on the device's thread, read on any.</summary>
public sealed class PassCounts
{
    private long _forward;
    private long _backward;

    /// <summary>Inputs that went through the blocks, whole or in part.</summary>
    public long Forward => Interlocked.Read(ref _forward);

    /// <summary>Inputs that the derivative was carried back to, or to the first block, one for each function.</summary>
    public long Backward => Interlocked.Read(ref _backward);

    internal void AddForward(long inputs) => Interlocked.Add(ref _forward, inputs);

    internal void AddBackward(long inputs) => Interlocked.Add(ref _backward, inputs);
}
