using System.Numerics;

namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>Gives meaning to the few globals that are allowed: dictionaries, tensors, storages, and what is dropped.</summary>
internal sealed class PickleConstruction(PickleInput input, Dictionary<string, PickleStorage> storages)
{
    private long _copied;

    /// <summary>The value of a global applied to arguments.</summary>
    public object Reduce(PickleGlobal global, PickleTuple arguments) => global.Kind switch
    {
        PickleGlobalKind.Dictionary => Dictionary(arguments),
        PickleGlobalKind.Opaque => PickleOpaque.Instance,
        PickleGlobalKind.Size => Size(arguments),
        PickleGlobalKind.Tensor => Tensor(arguments),
        PickleGlobalKind.TypedTensor => TypedTensor(arguments),
        PickleGlobalKind.Parameter => Parameter(arguments),
        _ => throw input.Fail($"the global '{global.Name}' cannot be applied"),
    };

    /// <summary>A new instance of a class; only classes without behaviour have any.</summary>
    public object Instantiate(PickleGlobal global, PickleTuple arguments) => global.Kind switch
    {
        PickleGlobalKind.Dictionary or PickleGlobalKind.Opaque => Reduce(global, arguments),
        _ => throw input.Fail($"the global '{global.Name}' is not a class that can be instantiated"),
    };

    /// <summary>Refuses attributes for anything but an instance of an allowed class; the attributes themselves are dropped.</summary>
    public void CheckAcceptsState(object? target)
    {
        if (target is not PickleDict { IsInstance: true } && target != PickleOpaque.Instance)
        {
            throw input.Fail($"attributes are set on {Describe(target)}, which can have none");
        }
    }

    /// <summary>The storage that a persistent id names: ("storage", class, key, device, count) and perhaps a view.</summary>
    public PickleStorage Storage(object? id)
    {
        if (id is not PickleTuple { Count: 5 or 6 } tuple
            || tuple.ValueAt(0) is not "storage"
            || tuple.ValueAt(1) is not PickleGlobal { Kind: PickleGlobalKind.Storage, Type: { } type }
            || tuple.ValueAt(2) is not string key
            || tuple.ValueAt(4) is not long count
            || count < 0)
        {
            throw input.Fail("a persistent id is not ('storage', storage class, key, device, element count)");
        }

        var storage = new PickleStorage(key, type, count, View(tuple, count));
        storages.TryAdd(key, storage);
        return storage;
    }

    public static string Describe(object? value) => value switch
    {
        null => "None",
        bool => "a bool",
        long or BigInteger => "an integer",
        string => "a string",
        PickleDict => "a dictionary",
        PickleList => "a list",
        PickleTuple => "a tuple",
        PickleStorage => "a storage",
        PickleTensor => "a tensor",
        PickleGlobal global => $"the global '{global.Name}'",
        _ => "a value without items",
    };

    private (long Offset, long Count)? View(PickleTuple id, long storageCount)
    {
        if (id.Count == 5 || id.ValueAt(5) is null)
        {
            return null;
        }

        if (id.ValueAt(5) is not PickleTuple { Count: 3 } view
            || view.ValueAt(1) is not long offset
            || view.ValueAt(2) is not long count)
        {
            throw input.Fail("the view in a persistent id is not (key, offset, element count)");
        }

        return offset >= 0 && count >= 0 && offset <= storageCount - count
            ? (offset, count)
            : throw input.Fail($"a view of {count} elements at {offset} leaves its storage, which has {storageCount}");
    }

    /// <summary>Python 2 passes an OrderedDict's entries as a list of pairs; a defaultdict's argument is its factory.</summary>
    private PickleDict Dictionary(PickleTuple arguments)
    {
        var dict = new PickleDict(isInstance: true);
        if (arguments.Count != 1 || arguments.ValueAt(0) is not PickleList pairs)
        {
            return dict;
        }

        // The list may come from the memo again and again: copying must not cost more than the bytes that were read.
        _copied += pairs.Count;
        if (_copied > input.Position)
        {
            throw input.Fail($"{_copied} dictionary entries were made of {input.Position} bytes of pickle");
        }

        for (var i = 0; i < pairs.Count; i++)
        {
            if (pairs.ValueAt(i) is not PickleContainer { Count: 2 } pair)
            {
                throw input.Fail("an OrderedDict is made of something that is not a list of pairs");
            }

            dict.Add(pair.ValueAt(0), pair.ValueAt(1));
        }

        return dict;
    }

    private PickleTuple Size(PickleTuple arguments) =>
        arguments.Count == 1 && arguments.ValueAt(0) is PickleTuple size && size.Numbers() is not null
            ? size
            : throw input.Fail("torch.Size is made of something that is not a tuple of integers");

    private PickleTensor Tensor(PickleTuple arguments) => View(arguments, null);

    private PickleTensor TypedTensor(PickleTuple arguments) =>
        arguments.Count > 6 && arguments.ValueAt(6) is PickleGlobal { Kind: PickleGlobalKind.Type, Type: { } type }
            ? View(arguments, type)
            : throw input.Fail("a tensor's dtype is missing or not known");

    private PickleTensor View(PickleTuple arguments, TensorType? type)
    {
        if (arguments.Count < 4
            || arguments.ValueAt(0) is not PickleStorage storage
            || arguments.ValueAt(1) is not long offset
            || arguments.ValueAt(2) is not PickleTuple shape
            || arguments.ValueAt(3) is not PickleTuple strides
            || shape.Numbers() is not { } sizes
            || strides.Numbers() is not { } steps)
        {
            throw input.Fail("a tensor is not made of (storage, offset, shape, strides, …)");
        }

        return new PickleTensor(storage, type ?? storage.Type, offset, sizes, steps);
    }

    private PickleTensor Parameter(PickleTuple arguments) =>
        arguments.Count > 0 && arguments.ValueAt(0) is PickleTensor tensor
            ? tensor
            : throw input.Fail("a parameter is made of something that is not a tensor");
}
