using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Cdam.Attribution.Checkpoints.Pickles;

namespace Cdam.Attribution.Checkpoints;

/// <summary>
/// Reads PyTorch's format before version 1.6: pickles of a magic number, a protocol version, facts about the system, the object
/// and the keys of the storages; then each storage as its element count in 64 bits and its raw data.
/// </summary>
internal sealed class TorchLegacyReader
{
    private const int ProtocolVersion = 1001;
    private static readonly BigInteger MagicNumber =
        BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly CheckpointFile _file;
    private readonly Dictionary<string, PickleStorage> _storages = new(StringComparer.Ordinal);
    private long _position;

    private TorchLegacyReader(CheckpointFile file) => _file = file;

    public static CheckpointContent Read(CheckpointFile file) => new TorchLegacyReader(file).Read();

    private CheckpointContent Read()
    {
        if (Unpickle("the magic number", out _) is not BigInteger magic || magic != MagicNumber)
        {
            throw _file.Fail("is a pickle, but not one of PyTorch: it does not begin with PyTorch's magic number");
        }

        var version = Unpickle("the protocol version", out _);
        if (version is not (long)ProtocolVersion)
        {
            throw _file.Fail($"has the PyTorch protocol version {version ?? "None"}; it must be {ProtocolVersion}");
        }

        if (Unpickle("the system's description", out _) is not PickleDict system || system.Find("little_endian") is not true)
        {
            throw _file.Fail("does not say that it is little endian; big-endian checkpoints are not supported");
        }

        var root = Unpickle("the object", out var input);
        var found = TensorWalk.Find(root, input);
        var extents = LocateStorages(Unpickle("the list of storages", out _));
        return new CheckpointContent("PyTorch legacy", TorchTensors.Resolve(_file, found, Find), []);

        StorageExtent Find(PickleStorage storage) => extents.TryGetValue(storage.Key, out var extent)
            ? extent
            : throw _file.Fail($"storage {CheckpointFile.Quote(storage.Key)} is not in the list of storages");
    }

    private object? Unpickle(string what, out PickleInput input)
    {
        input = new PickleInput(_file, what, _position, _file.Length);
        var value = PickleMachine.Run(input, _storages);
        _position = input.FilePosition;
        return value;
    }

    /// <summary>Finds every storage's place by its length alone; the data are not touched.</summary>
    private Dictionary<string, StorageExtent> LocateStorages(object? keys)
    {
        if (keys is not PickleList list)
        {
            throw _file.Fail("has no list of storages after its object");
        }

        var extents = new Dictionary<string, StorageExtent>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            if (list.ValueAt(i) is not string key || !_storages.TryGetValue(key, out var storage))
            {
                throw _file.Fail($"item {i} of the list of storages is not the key of any storage in the object");
            }

            if (!extents.TryAdd(key, NextStorage(storage)))
            {
                throw _file.Fail($"storage {CheckpointFile.Quote(key)} stands twice in the list of storages");
            }
        }

        return _position == _file.Length
            ? extents
            : throw _file.Fail($"the storages end at offset {_position}; the file has {_file.Length} bytes");
    }

    private StorageExtent NextStorage(PickleStorage storage)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        _file.Read(_position, bytes);
        var start = _position + bytes.Length;
        var count = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var elementBytes = storage.Type.ByteSize();
        if (count < 0 || count > (_file.Length - start) / elementBytes)
        {
            throw _file.Fail(
                $"storage {CheckpointFile.Quote(storage.Key)} claims {count} elements of {elementBytes} bytes at offset {start};"
                + $" the file has {_file.Length} bytes");
        }

        _position = start + count * elementBytes;
        return new StorageExtent(start, count * elementBytes);
    }
}
