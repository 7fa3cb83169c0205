namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>Values that a pickle program has put aside by number.</summary>
internal sealed class PickleMemo(PickleInput input)
{
    private static readonly object Unset = new();
    private object?[] _values = [];

    /// <summary>One above the highest number in use.</summary>
    public int Count { get; private set; }

    public void Put(long index, object? value)
    {
        // Picklers count up from zero, so an honest number never exceeds the bytes before it.
        if (index > input.Position)
        {
            throw input.Fail($"memo number {index} is larger than the {input.Position} bytes of pickle so far");
        }

        Grow((int)index + 1);
        _values[index] = value;
    }

    public object? Get(long index) => index < Count && !ReferenceEquals(_values[index], Unset)
        ? _values[index]
        : throw input.Fail($"memo number {index} was never set");

    private void Grow(int count)
    {
        if (count > _values.Length)
        {
            var used = _values.Length;
            Array.Resize(ref _values, Math.Max(count, 2 * used));
            Array.Fill(_values, Unset, used, _values.Length - used);
        }

        Count = Math.Max(Count, count);
    }
}
