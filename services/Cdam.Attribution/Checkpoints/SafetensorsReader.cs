using System.Buffers.Binary;

namespace Cdam.Attribution.Checkpoints;

/// <summary>
/// Reads https://github.com/huggingface/safetensors: the header's length as an unsigned 64-bit number, the header in JSON, the
/// tensors' bytes without any gap.
/// </summary>
internal static class SafetensorsReader
{
    /// <summary>Bytes before the header.</summary>
    private const int LengthBytes = 8;

    /// <summary>The reference implementation's limit.</summary>
    private const long LongestHeader = 100_000_000;

    public static CheckpointContent Read(CheckpointFile file)
    {
        var json = new byte[HeaderLength(file)];
        file.Read(LengthBytes, json);
        var header = SafetensorsHeader.Parse(file, json);
        var dataStart = LengthBytes + json.Length;
        CheckGapless(file, header.Items.Values, file.Length - dataStart);
        var tensors = new OrderedDictionary<string, CheckpointTensor>(header.Items.Count);
        foreach (var item in header.Items.Values)
        {
            tensors.Add(item.Name, new CheckpointTensor(file, item.Name, Locate(file, item, dataStart)));
        }

        return new CheckpointContent("safetensors", tensors, header.Metadata);
    }

    private static long HeaderLength(CheckpointFile file)
    {
        Span<byte> bytes = stackalloc byte[LengthBytes];
        file.Read(0, bytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > LongestHeader || (long)length > file.Length - LengthBytes)
        {
            throw file.Fail(
                $"the safetensors header claims {length} bytes; the file has {file.Length - LengthBytes} after that number,"
                + $" and at most {LongestHeader} are allowed");
        }

        return (long)length;
    }

    private static void CheckGapless(CheckpointFile file, IEnumerable<SafetensorsItem> items, long dataBytes)
    {
        var end = 0L;
        foreach (var item in items.OrderBy(item => item.Begin).ThenBy(item => item.End))
        {
            if (item.Begin != end || item.End < item.Begin)
            {
                throw file.Fail(
                    $"tensor {CheckpointFile.Quote(item.Name)} has data_offsets [{item.Begin}, {item.End}]; it must begin at {end},"
                    + " where the tensor before it ends, and not end before it begins");
            }

            end = item.End;
        }

        if (end != dataBytes)
        {
            throw file.Fail($"the tensors need {end} bytes after the header; the file has {dataBytes}");
        }
    }

    private static TensorSource Locate(CheckpointFile file, SafetensorsItem item, long dataStart)
    {
        var what = $"tensor {CheckpointFile.Quote(item.Name)}";
        var type = SafetensorsTypes.Find(item.Type)
            ?? throw file.Fail($"{what} has the dtype {CheckpointFile.Quote(item.Type)}, which is not supported");
        var source = new TensorSource(type, dataStart + item.Begin, TensorLayout.RowMajor(file, what, type, item.Shape));
        if (source.ByteCount != item.End - item.Begin)
        {
            throw file.Fail(
                $"{what} has data_offsets [{item.Begin}, {item.End}], but its shape [{string.Join(", ", item.Shape)}] and dtype"
                + $" {item.Type} need {source.ByteCount} bytes");
        }

        return source;
    }
}
