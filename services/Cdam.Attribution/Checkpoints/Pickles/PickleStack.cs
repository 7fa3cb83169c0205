namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>The stack of a pickle program. Nothing below the latest mark can be reached.</summary>
internal sealed class PickleStack(PickleInput input)
{
    private const int Highest = 1 << 20;
    private const int MostMarks = 1 << 12;
    private readonly List<object?> _items = [];
    private readonly Stack<int> _marks = [];

    private int Floor => _marks.TryPeek(out var mark) ? mark : 0;

    public void Push(object? value)
    {
        if (_items.Count == Highest)
        {
            throw input.Fail($"the stack is higher than {Highest}");
        }

        _items.Add(value);
    }

    public object? Peek() => _items.Count > Floor ? _items[^1] : throw input.Fail("the stack is empty");

    public object? Pop()
    {
        var value = Peek();
        _items.RemoveAt(_items.Count - 1);
        return value;
    }

    /// <summary>Pops <paramref name="count"/> values, the deepest first.</summary>
    public object?[] Pop(int count)
    {
        if (_items.Count - Floor < count)
        {
            throw input.Fail($"the stack has fewer than {count} values");
        }

        return Cut(_items.Count - count);
    }

    public void Mark()
    {
        if (_marks.Count == MostMarks)
        {
            throw input.Fail($"more than {MostMarks} marks are open");
        }

        _marks.Push(_items.Count);
    }

    /// <summary>Pops everything above the latest mark, and the mark.</summary>
    public object?[] PopToMark() =>
        _marks.TryPop(out var mark) ? Cut(mark) : throw input.Fail("there is no mark on the stack");

    /// <summary>The result of the program: the only value that may be left.</summary>
    public object? Last()
    {
        var value = Peek();
        return _items.Count == 1 && _marks.Count == 0
            ? value
            : throw input.Fail($"the pickle stops with {_items.Count} values and {_marks.Count} marks on the stack, not one value");
    }

    private object?[] Cut(int height)
    {
        if (height == _items.Count)
        {
            return [];
        }

        var cut = new object?[_items.Count - height];
        _items.CopyTo(height, cut, 0, cut.Length);
        _items.RemoveRange(height, cut.Length);
        return cut;
    }
}
