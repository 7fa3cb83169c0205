using System.Buffers;
using System.Runtime.InteropServices;

namespace Cdam.Explainer.Wire;

/// <summary>Sees a message's bytes as 16-bit integers, which <see cref="MemoryMarshal"/> does for spans only.</summary>
internal sealed class HounsfieldUnits(ReadOnlyMemory<byte> bytes) : MemoryManager<short>
{
    /// <inheritdoc/>
    public override Span<short> GetSpan() => MemoryMarshal.Cast<byte, short>(MemoryMarshal.AsMemory(bytes).Span);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("only read as spans");

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
