using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cdam.Attribution.Checkpoints;

/// <summary>Writes safetensors files. The same tensors give the same bytes, in whatever order they come.</summary>
public static class SafetensorsWriter
{
    private const string MetadataKey = "__metadata__";
    private const int Alignment = 8;

    /// <summary>
    /// Writes a file beside <paramref name="path"/> and then moves it there, so that nobody ever sees half a file. As in the
    /// reference implementation the largest element types come first, then the names decide, and spaces pad the header to a
    /// multiple of 8 bytes, so that every tensor is aligned to its element size.
    /// </summary>
    /// <param name="path">Replaced if it exists.</param>
    /// <param name="tensors">In any order.</param>
    /// <param name="metadata">Free text; null or empty for none.</param>
    /// <exception cref="ArgumentException">A name is taken twice or reserved, or the data do not have the size of the shape.</exception>
    /// <exception cref="IOException">The file cannot be written; what was at <paramref name="path"/> is untouched.</exception>
    public static void Write(
        string path, IReadOnlyList<SafetensorsEntry> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        Check(tensors);
        var ordered = tensors.OrderByDescending(t => t.Type.ByteSize()).ThenBy(t => t.Name, StringComparer.Ordinal).ToList();
        var header = Header(ordered, metadata);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            WriteFile(temporary, header, ordered);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void Check(IReadOnlyList<SafetensorsEntry> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            if (tensor.Name == MetadataKey || !names.Add(tensor.Name))
            {
                throw new ArgumentException($"tensor name '{tensor.Name}' is reserved or taken twice", nameof(tensors));
            }

            var needed = (Int128)tensor.Type.ByteSize();
            foreach (var size in tensor.Shape)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(size, $"size of tensor '{tensor.Name}'");
                // Capped, so that no later size can overflow; anything above the cap is too large for the data anyway.
                needed = Int128.Min(needed * size, long.MaxValue);
            }

            if (needed != tensor.Data.Length)
            {
                throw new ArgumentException(
                    $"tensor '{tensor.Name}' of type {tensor.Type} and shape [{string.Join(", ", tensor.Shape)}] needs {needed} bytes;"
                    + $" it has {tensor.Data.Length}",
                    nameof(tensors));
            }
        }
    }

    private static ReadOnlyMemory<byte> Header(List<SafetensorsEntry> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Relaxed: the header is no HTML, and names should be readable in it.
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            var begin = 0L;
            foreach (var tensor in tensors)
            {
                WriteTensor(json, tensor, begin);
                begin += tensor.Data.Length;
            }

            json.WriteEndObject();
        }

        var padding = (Alignment - buffer.WrittenCount % Alignment) % Alignment;
        buffer.Write("       "u8[..padding]);
        return buffer.WrittenMemory;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is not { Count: > 0 })
        {
            return;
        }

        json.WriteStartObject(MetadataKey);
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, SafetensorsEntry tensor, long begin)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", SafetensorsTypes.Name(tensor.Type));
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFile(string path, ReadOnlyMemory<byte> header, List<SafetensorsEntry> tensors)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header.Span);
        foreach (var tensor in tensors)
        {
            stream.Write(tensor.Data.Span);
        }

        stream.Flush(flushToDisk: true); // Before the move, or a crash could leave an empty file under the final name.
    }
}
