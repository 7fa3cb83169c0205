using System.Text;

namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>
/// Finds the tensors in an unpickled value and names each by the keys that lead to it. It keeps its own stack, and is bounded
/// in depth, in steps and in the length of all names, since a few bytes of pickle can describe an endless or exponential tree.
/// </summary>
internal sealed class TensorWalk
{
    private const int DeepestNesting = 100;
    private const int FreeLetters = 4096;
    private readonly PickleInput _input;
    private readonly List<(PickleContainer Container, int Index)> _path = [];
    private readonly HashSet<PickleContainer> _open = new(ReferenceEqualityComparer.Instance);
    private readonly List<KeyValuePair<string, PickleTensor>> _found = [];
    private readonly StringBuilder _name = new();
    private long _steps;
    private long _letters;

    private TensorWalk(PickleInput input) => _input = input;

    /// <summary>Names and tensors in the order of the pickle; a name may come twice.</summary>
    /// <param name="root">The result of the pickle.</param>
    /// <param name="input">Where it was read from, for the bounds and for messages.</param>
    public static List<KeyValuePair<string, PickleTensor>> Find(object? root, PickleInput input)
    {
        var walk = new TensorWalk(input);
        walk.Visit(root);
        while (walk._path.Count > 0)
        {
            walk.Continue();
        }

        return walk._found;
    }

    private void Continue()
    {
        var (container, last) = _path[^1];
        var index = last + 1;
        if (index == container.Count)
        {
            _path.RemoveAt(_path.Count - 1);
            _open.Remove(container);
            return;
        }

        if (++_steps > 4 * _input.Position)
        {
            throw _input.Fail("its containers repeat each other until they hold more items than the pickle has bytes, four times over");
        }

        _path[^1] = (container, index);
        Visit(container.ValueAt(index));
    }

    private void Visit(object? value)
    {
        switch (value)
        {
            case PickleTensor tensor when Name() is { } name:
                _found.Add(new(name, tensor));
                break;
            case PickleContainer container when !_open.Add(container):
                throw _input.Fail("a container contains itself");
            case PickleContainer when _path.Count == DeepestNesting:
                throw _input.Fail($"containers are nested more than {DeepestNesting} deep");
            case PickleContainer container:
                _path.Add((container, -1));
                break;
        }
    }

    /// <summary>The keys on the path, joined; null if one of them is neither text nor a number.</summary>
    private string? Name()
    {
        _name.Clear();
        foreach (var (container, index) in _path)
        {
            if (container.KeyAt(index) is not { } key)
            {
                return null;
            }

            CountLetters(key.Length + 1);
            _name.Append(key).Append('.');
        }

        return _name.ToString(0, Math.Max(0, _name.Length - 1));
    }

    private void CountLetters(int count)
    {
        _letters += count;
        if (_letters > FreeLetters + 4 * _input.Position)
        {
            throw _input.Fail("the names of its tensors are together more than four times as long as the pickle");
        }
    }
}
