using System.Globalization;

namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>A list.</summary>
internal sealed class PickleList : PickleContainer
{
    private List<object?>? _items; // Null while empty: one byte of pickle makes a list.

    public override int Count => _items?.Count ?? 0;

    public void Add(object?[] items) => (_items ??= []).AddRange(items);

    public override object? ValueAt(int index) => _items![index];

    public override string KeyAt(int index) => index.ToString(CultureInfo.InvariantCulture);
}
