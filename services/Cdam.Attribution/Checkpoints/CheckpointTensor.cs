using System.Collections.ObjectModel;
using System.Runtime.InteropServices;

namespace Cdam.Attribution.Checkpoints;

/// <summary>
/// One tensor of an open <see cref="Checkpoint"/>. Its data stay in the file until they are read; each read allocates a new
/// array. Any number of threads may read at once, as long as the checkpoint is not disposed.
/// </summary>
public sealed class CheckpointTensor
{
    private readonly CheckpointFile _file;
    private readonly TensorSource _source;

    internal CheckpointTensor(CheckpointFile file, string name, TensorSource source)
    {
        _file = file;
        _source = source;
        Name = name;
    }

    /// <summary>Name in the checkpoint; for PyTorch's formats the keys that lead to the tensor, joined by dots.</summary>
    public string Name { get; }

    /// <summary>Element type as stored.</summary>
    public TensorType Type => _source.Type;

    /// <summary>Sizes, outermost first, none negative; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape => new ReadOnlyCollection<long>(_source.Layout.Shape);

    /// <summary>Number of elements: the product of <see cref="Shape"/>, 1 for a scalar, possibly 0.</summary>
    public long ElementCount => _source.Layout.ElementCount;

    /// <summary>Bytes of all elements without gaps. Never more than the file has.</summary>
    public long ByteCount => _source.ByteCount;

    /// <summary>Reads all elements: contiguous, row-major, little endian, <see cref="ByteCount"/> bytes.</summary>
    /// <exception cref="CheckpointException">The file cannot be read, or the tensor does not fit into one array (2 GiB).</exception>
    /// <exception cref="ObjectDisposedException">The checkpoint was disposed.</exception>
    public byte[] ReadBytes()
    {
        CheckFitsArray();
        var bytes = GC.AllocateUninitializedArray<byte>((int)ByteCount);
        _source.Read(_file, bytes);
        return bytes;
    }

    /// <summary>
    /// Reads all elements in row-major order as float32. 16-bit types convert exactly; float64 and integers round to the nearest
    /// float32; <see cref="TensorType.Bool"/> gives 0 or 1.
    /// </summary>
    /// <exception cref="CheckpointException">The file cannot be read, or the tensor does not fit into one array (2 GiB).</exception>
    /// <exception cref="ObjectDisposedException">The checkpoint was disposed.</exception>
    public float[] ReadFloat32()
    {
        CheckFitsArray();
        var result = GC.AllocateUninitializedArray<float>((int)ElementCount);
        if (Type == TensorType.Float32)
        {
            // Straight into the result: the weights of a large model should not be in memory twice.
            _source.Read(_file, MemoryMarshal.AsBytes(result.AsSpan()));
        }
        else
        {
            TensorConversion.ToFloat32(Type, ReadBytes(), result);
        }

        return result;
    }

    /// <summary>Reads all elements of an integer or Bool tensor in row-major order; Bool gives 0 or 1.</summary>
    /// <exception cref="CheckpointException">
    /// The type is a floating-point one, the file cannot be read, or the tensor does not fit into one array (2 GiB).
    /// </exception>
    /// <exception cref="ObjectDisposedException">The checkpoint was disposed.</exception>
    public long[] ReadInt64()
    {
        var bytes = ReadBytes();
        var result = new long[ElementCount];
        return TensorConversion.TryToInt64(Type, bytes, result)
            ? result
            : throw _file.Fail($"tensor {CheckpointFile.Quote(Name)} has type {Type}; only integers and Bool can be read as integers");
    }

    private void CheckFitsArray()
    {
        if (ByteCount > Array.MaxLength)
        {
            throw _file.Fail(
                $"tensor {CheckpointFile.Quote(Name)} has {ByteCount} bytes; at most {Array.MaxLength} can be read into one array");
        }
    }
}
