using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cdam.Evaluator.Sources;

/// <summary>A number is a position, a text a name.</summary>
internal sealed class ImageLabelConverter : JsonConverter<ImageLabel>
{
    public override ImageLabel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt32(out var index) && index >= 0 => new ImageLabel(index, null),
        JsonTokenType.String when reader.GetString() is { Length: > 0 } name => new ImageLabel(null, name),
        _ => throw new JsonException("A label is the name of an output, or its position from 0."),
    };

    public override void Write(Utf8JsonWriter writer, ImageLabel value, JsonSerializerOptions options)
    {
        if (value.Index is { } index)
        {
            writer.WriteNumberValue(index);
        }
        else
        {
            writer.WriteStringValue(value.Output);
        }
    }
}
