namespace Cdam.Attribution.Checkpoints.Pickles;

/// <summary>
/// Runs a pickle program on inert values: no class is looked up and no function is called. Opcodes that PyTorch's and Python's
/// binary picklers do not write for data are refused by name.
/// </summary>
internal sealed class PickleMachine
{
    private const int HighestProtocol = 5;
    private static readonly object[] SmallIntegers = [.. Enumerable.Range(0, 256).Select(i => (object)(long)i)];
    private static readonly object True = true;
    private static readonly object False = false;
    private readonly PickleInput _input;
    private readonly PickleStack _stack;
    private readonly PickleMemo _memo;
    private readonly PickleConstruction _construction;

    private PickleMachine(PickleInput input, Dictionary<string, PickleStorage> storages)
    {
        _input = input;
        _stack = new PickleStack(input);
        _memo = new PickleMemo(input);
        _construction = new PickleConstruction(input, storages);
    }

    /// <summary>Reads one pickle and leaves the input behind it.</summary>
    /// <param name="input">The program.</param>
    /// <param name="storages">Receives, by key, the first mention of each storage.</param>
    /// <returns>Null, bool, long, BigInteger, string, or one of the types of this namespace.</returns>
    /// <exception cref="CheckpointException">The pickle is damaged, or asks for something that is not allowed.</exception>
    public static object? Run(PickleInput input, Dictionary<string, PickleStorage> storages)
    {
        var machine = new PickleMachine(input, storages);
        var opcode = input.ReadOpcode();
        while (opcode != PickleOpcode.Stop)
        {
            machine.Execute(opcode);
            opcode = input.ReadOpcode();
        }

        return machine._stack.Last();
    }

    private void Execute(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto: CheckProtocol(); break;
            case PickleOpcode.Frame: _input.Skip(8); break; // A hint for buffering.

            case PickleOpcode.None: _stack.Push(null); break;
            case PickleOpcode.NewTrue: _stack.Push(True); break;
            case PickleOpcode.NewFalse: _stack.Push(False); break;
            case PickleOpcode.BinInt: _stack.Push((long)_input.ReadInt32()); break;
            case PickleOpcode.BinInt1: _stack.Push(SmallIntegers[_input.ReadByte()]); break;
            case PickleOpcode.BinInt2: _stack.Push((long)_input.ReadUInt16()); break;
            case PickleOpcode.Long1: _stack.Push(_input.ReadLong(_input.ReadByte())); break;
            case PickleOpcode.BinFloat: PushSkipped(8); break;
            case PickleOpcode.BinUnicode: _stack.Push(_input.ReadUtf8(_input.ReadUInt32())); break;
            case PickleOpcode.ShortBinUnicode: _stack.Push(_input.ReadUtf8(_input.ReadByte())); break;
            case PickleOpcode.BinUnicode8: _stack.Push(_input.ReadUtf8(_input.ReadLength64())); break;
            case PickleOpcode.BinString: _stack.Push(_input.ReadLatin1(_input.ReadUInt32())); break;
            case PickleOpcode.ShortBinString: _stack.Push(_input.ReadLatin1(_input.ReadByte())); break;
            case PickleOpcode.BinBytes: PushSkipped(_input.ReadUInt32()); break;
            case PickleOpcode.ShortBinBytes: PushSkipped(_input.ReadByte()); break;
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8: PushSkipped(_input.ReadLength64()); break;

            case PickleOpcode.Mark: _stack.Mark(); break;
            case PickleOpcode.Pop: _stack.Pop(); break;
            case PickleOpcode.PopMark: _stack.PopToMark(); break;
            case PickleOpcode.BinGet: _stack.Push(_memo.Get(_input.ReadByte())); break;
            case PickleOpcode.LongBinGet: _stack.Push(_memo.Get(_input.ReadUInt32())); break;
            case PickleOpcode.BinPut: _memo.Put(_input.ReadByte(), _stack.Peek()); break;
            case PickleOpcode.LongBinPut: _memo.Put(_input.ReadUInt32(), _stack.Peek()); break;
            case PickleOpcode.Memoize: _memo.Put(_memo.Count, _stack.Peek()); break;

            case PickleOpcode.EmptyTuple: _stack.Push(PickleTuple.Empty); break;
            case PickleOpcode.Tuple1: PushTuple(_stack.Pop(1)); break;
            case PickleOpcode.Tuple2: PushTuple(_stack.Pop(2)); break;
            case PickleOpcode.Tuple3: PushTuple(_stack.Pop(3)); break;
            case PickleOpcode.Tuple: PushTuple(_stack.PopToMark()); break;
            case PickleOpcode.EmptyList: _stack.Push(new PickleList()); break;
            case PickleOpcode.Append: Append(_stack.Pop(1)); break;
            case PickleOpcode.Appends: Append(_stack.PopToMark()); break;
            case PickleOpcode.EmptyDict: _stack.Push(new PickleDict(isInstance: false)); break;
            case PickleOpcode.SetItem: SetItems(_stack.Pop(2)); break;
            case PickleOpcode.SetItems: SetItems(_stack.PopToMark()); break;
            case PickleOpcode.EmptySet: _stack.Push(PickleOpaque.Instance); break;
            case PickleOpcode.AddItems: DropItems(_stack.PopToMark()); break;
            case PickleOpcode.FrozenSet: _stack.PopToMark(); _stack.Push(PickleOpaque.Instance); break;

            case PickleOpcode.Global: PushGlobal(_input.ReadLine(), _input.ReadLine()); break;
            case PickleOpcode.StackGlobal: PushStackGlobal(_stack.Pop(2)); break;
            case PickleOpcode.Reduce: Apply(_stack.Pop(2), _construction.Reduce); break;
            case PickleOpcode.NewObj: Apply(_stack.Pop(2), _construction.Instantiate); break;
            case PickleOpcode.Build: _stack.Pop(); _construction.CheckAcceptsState(_stack.Peek()); break;
            case PickleOpcode.BinPersId: _stack.Push(_construction.Storage(_stack.Pop())); break;

            default: throw Refuse(opcode);
        }
    }

    private void CheckProtocol()
    {
        var protocol = _input.ReadByte();
        if (protocol > HighestProtocol)
        {
            throw _input.Fail($"pickle protocol {protocol} is not known; the highest is {HighestProtocol}");
        }
    }

    private void PushSkipped(long byteCount)
    {
        _input.Skip(byteCount);
        _stack.Push(PickleOpaque.Scalar);
    }

    private void PushTuple(object?[] items) => _stack.Push(items.Length == 0 ? PickleTuple.Empty : new PickleTuple(items));

    private void Append(object?[] items)
    {
        if (_stack.Peek() is PickleList list)
        {
            list.Add(items);
        }
        else
        {
            DropItems(items);
        }
    }

    private void SetItems(object?[] items)
    {
        if (items.Length % 2 != 0)
        {
            throw _input.Fail($"{items.Length} values are no pairs of keys and values");
        }

        if (_stack.Peek() is not PickleDict dict)
        {
            DropItems(items);
            return;
        }

        for (var i = 0; i < items.Length; i += 2)
        {
            dict.Add(items[i], items[i + 1]);
        }
    }

    private void DropItems(object?[] items)
    {
        if (_stack.Peek() != PickleOpaque.Instance)
        {
            throw _input.Fail($"{items.Length} items are added to {PickleConstruction.Describe(_stack.Peek())}, which has none");
        }
    }

    private void PushStackGlobal(object?[] names)
    {
        if (names is not [string module, string name])
        {
            throw _input.Fail("the name of a global is not text");
        }

        PushGlobal(module, name);
    }

    private void PushGlobal(string module, string name) => _stack.Push(PickleGlobals.Find(module, name) ?? throw _input.Fail(
        $"the global {CheckpointFile.Quote($"{module}.{name}")} is not on the list of harmless ones;"
        + " save the state_dict alone, or as safetensors"));

    private void Apply(object?[] operands, Func<PickleGlobal, PickleTuple, object> construct)
    {
        if (operands is not [PickleGlobal global, PickleTuple arguments])
        {
            throw _input.Fail(
                $"{PickleConstruction.Describe(operands[0])} is applied to {PickleConstruction.Describe(operands[1])};"
                + " only a global can be applied, and only to a tuple");
        }

        _stack.Push(construct(global, arguments));
    }

    private CheckpointException Refuse(PickleOpcode opcode) => _input.Fail(
        Enum.IsDefined(opcode) ? $"the pickle opcode {opcode} is not allowed" : $"there is no pickle opcode 0x{(byte)opcode:x2}");
}
