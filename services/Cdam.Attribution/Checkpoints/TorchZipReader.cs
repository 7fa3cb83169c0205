using Cdam.Attribution.Checkpoints.Pickles;
using Cdam.Attribution.Checkpoints.Zip;

namespace Cdam.Attribution.Checkpoints;

/// <summary>
/// Reads PyTorch's format since version 1.6: a zip archive with one folder, in it <c>data.pkl</c> and each storage as
/// <c>data/KEY</c>, stored without compression.
/// </summary>
internal sealed class TorchZipReader
{
    private const string PickleName = "data.pkl";
    private readonly CheckpointFile _file;
    private readonly Dictionary<string, ZipEntry> _entries;
    private readonly string _folder;

    private TorchZipReader(CheckpointFile file)
    {
        _file = file;
        _entries = ZipDirectory.Read(file);
        _folder = FindFolder();
    }

    public static CheckpointContent Read(CheckpointFile file) => new TorchZipReader(file).Read();

    private CheckpointContent Read()
    {
        RefuseTorchScript();
        CheckByteOrder();
        var entry = Stored(_folder + PickleName);
        var input = new PickleInput(_file, entry.Name, entry.DataOffset, entry.End);
        var root = PickleMachine.Run(input, []);
        if (input.FilePosition != entry.End)
        {
            throw _file.Fail(
                $"zip entry {CheckpointFile.Quote(entry.Name)} has {entry.ByteCount} bytes; its pickle ends after {input.Position}");
        }

        return new CheckpointContent("PyTorch zip", TorchTensors.Resolve(_file, TensorWalk.Find(root, input), Locate), []);
    }

    private string FindFolder()
    {
        var pickles = _entries.Keys.Where(name => name.EndsWith("/" + PickleName, StringComparison.Ordinal)).Take(2).ToList();
        return pickles switch
        {
            [var only] => only[..^PickleName.Length],
            [] => throw _file.Fail($"is a zip archive without any FOLDER/{PickleName}; it is not a PyTorch checkpoint"),
            _ => throw _file.Fail(
                $"holds both {CheckpointFile.Quote(pickles[0])} and {CheckpointFile.Quote(pickles[1])}; a checkpoint has only one"),
        };
    }

    private void RefuseTorchScript()
    {
        if (_entries.ContainsKey(_folder + "constants.pkl")
            || _entries.Keys.Any(name => name.StartsWith(_folder + "code/", StringComparison.Ordinal)))
        {
            throw _file.Fail("is a TorchScript archive, which holds a program; save the state_dict of the model instead");
        }
    }

    private void CheckByteOrder()
    {
        if (!_entries.ContainsKey(_folder + "byteorder"))
        {
            return; // Older versions do not write it, and exist on little-endian machines only.
        }

        var entry = Stored(_folder + "byteorder");
        Span<byte> order = stackalloc byte[(int)Math.Min(entry.ByteCount, 8)];
        _file.Read(entry.DataOffset, order);
        if (!order.SequenceEqual("little"u8))
        {
            throw _file.Fail(
                $"has the byte order {CheckpointFile.Quote(System.Text.Encoding.Latin1.GetString(order))}; only 'little' is supported");
        }
    }

    private StorageExtent Locate(PickleStorage storage)
    {
        var entry = Stored($"{_folder}data/{storage.Key}");
        return new StorageExtent(entry.DataOffset, entry.ByteCount);
    }

    private ZipEntry Stored(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            throw _file.Fail($"there is no zip entry {CheckpointFile.Quote(name)}");
        }

        return entry.Method == ZipEntry.Stored
            ? entry
            : throw _file.Fail(
                $"zip entry {CheckpointFile.Quote(name)} is compressed (method {entry.Method}); PyTorch stores without compression,"
                + " and only so can it be read in place");
    }
}
