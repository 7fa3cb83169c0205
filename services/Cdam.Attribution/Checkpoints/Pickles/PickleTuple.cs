using System.Globalization;

namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>A tuple.</summary>
internal sealed class PickleTuple(object?[] items) : PickleContainer
{
    public static readonly PickleTuple Empty = new([]);
    private long[]? _numbers;

    public override int Count => items.Length;

    public override object? ValueAt(int index) => items[index];

    public override string KeyAt(int index) => index.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The items as 64-bit numbers; null if one is anything else. Converted once: a hostile pickle may use one tuple as the
    /// shape of a million tensors.
    /// </summary>
    public long[]? Numbers() => _numbers ??= Array.TrueForAll(items, item => item is long)
        ? Array.ConvertAll(items, item => (long)item!)
        : null;
}
