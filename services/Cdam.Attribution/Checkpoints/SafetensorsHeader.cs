using System.Text.Json;

namespace Cdam.Attribution.Checkpoints;

/// <summary>Parses the JSON header: exactly the fields of the format, each once.</summary>
internal sealed class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";

    /// <summary>The header, its tensors, their shapes; nothing lies deeper.</summary>
    private const int DeepestNesting = 3;

    private readonly CheckpointFile _file;

    private SafetensorsHeader(CheckpointFile file) => _file = file;

    public OrderedDictionary<string, SafetensorsItem> Items { get; } = [];

    public OrderedDictionary<string, string> Metadata { get; } = [];

    /// <exception cref="CheckpointException">The header is not what the format demands.</exception>
    public static SafetensorsHeader Parse(CheckpointFile file, ReadOnlySpan<byte> json)
    {
        var header = new SafetensorsHeader(file);
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
            header.ReadRoot(ref reader);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not valid UTF-8 or holds half a surrogate pair.
            throw file.Fail($"the safetensors header is not valid JSON: {e.Message}", e);
        }

        return header;
    }

    private void ReadRoot(ref Utf8JsonReader reader)
    {
        reader.Read();
        Expect(ref reader, JsonTokenType.StartObject, "the header");
        var metadataSeen = false;
        while (NextProperty(ref reader, out var name))
        {
            if (name != MetadataKey)
            {
                var item = ReadItem(ref reader, name);
                if (!Items.TryAdd(name, item))
                {
                    throw _file.Fail($"tensor {CheckpointFile.Quote(name)} stands twice in the header");
                }
            }
            else if (metadataSeen)
            {
                throw _file.Fail($"'{MetadataKey}' stands twice in the header");
            }
            else
            {
                ReadMetadata(ref reader);
                metadataSeen = true;
            }
        }

        reader.Read(); // Throws at anything but white space after the object.
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, MetadataKey);
        while (NextProperty(ref reader, out var key))
        {
            Expect(ref reader, JsonTokenType.String, $"{MetadataKey} entry {CheckpointFile.Quote(key)}");
            if (!Metadata.TryAdd(key, reader.GetString()!))
            {
                throw _file.Fail($"{MetadataKey} entry {CheckpointFile.Quote(key)} stands twice in the header");
            }
        }
    }

    private SafetensorsItem ReadItem(ref Utf8JsonReader reader, string name)
    {
        var what = $"tensor {CheckpointFile.Quote(name)}";
        Expect(ref reader, JsonTokenType.StartObject, what);
        string? type = null;
        long[]? shape = null, offsets = null;
        while (NextProperty(ref reader, out var field))
        {
            var known = field switch
            {
                "dtype" when type is null => (type = ReadType(ref reader, what)) is not null,
                "shape" when shape is null => (shape = ReadNumbers(ref reader, $"{what}: shape")) is not null,
                "data_offsets" when offsets is null => (offsets = ReadNumbers(ref reader, $"{what}: data_offsets")) is not null,
                _ => false,
            };
            if (!known)
            {
                throw _file.Fail($"{what} has the field {CheckpointFile.Quote(field)}; only dtype, shape, data_offsets may come, once");
            }
        }

        if (type is null || shape is null || offsets is not [var begin, var end])
        {
            throw _file.Fail($"{what} lacks one of dtype, shape and data_offsets, or its data_offsets are not two numbers");
        }

        return new SafetensorsItem(name, type, shape, begin, end);
    }

    private string ReadType(ref Utf8JsonReader reader, string what)
    {
        Expect(ref reader, JsonTokenType.String, $"{what}: dtype");
        return reader.GetString()!;
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader, string what)
    {
        Expect(ref reader, JsonTokenType.StartArray, what);
        var numbers = new List<long>(4);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.Number, what);
            if (!reader.TryGetInt64(out var number) || number < 0 || numbers.Count == TensorLayout.HighestRank)
            {
                throw _file.Fail($"{what} must be at most {TensorLayout.HighestRank} whole numbers from 0 to {long.MaxValue}");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>Moves to the value of the next property; false at the end of the object.</summary>
    private static bool NextProperty(ref Utf8JsonReader reader, out string name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            name = "";
            return false;
        }

        name = reader.GetString()!;
        reader.Read();
        return true;
    }

    private void Expect(ref Utf8JsonReader reader, JsonTokenType expected, string what)
    {
        if (reader.TokenType != expected)
        {
            throw _file.Fail($"{what} is a JSON {reader.TokenType}; it must be a {expected}");
        }
    }
}
