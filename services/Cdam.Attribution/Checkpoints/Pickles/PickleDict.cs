using System.Globalization;
using System.Numerics;

namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>
/// A dictionary, or an instance of a class that is one. Pairs stay in order and are not compared: a key that comes twice is an
/// error only if it names a tensor.
/// </summary>
/// <param name="isInstance">Whether a class made it, so that it may be given attributes.</param>
internal sealed class PickleDict(bool isInstance) : PickleContainer
{
    private List<KeyValuePair<object?, object?>>? _pairs; // Null while empty: one byte of pickle makes a dictionary.

    public bool IsInstance => isInstance;

    public override int Count => _pairs?.Count ?? 0;

    public void Add(object? key, object? value) => (_pairs ??= []).Add(new(key, value));

    /// <summary>The value last added under a text key; null if there is none.</summary>
    public object? Find(string key) => _pairs?.FindLast(pair => pair.Key is string text && text == key).Value;

    public override object? ValueAt(int index) => _pairs![index].Value;

    public override string? KeyAt(int index) => _pairs![index].Key switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
