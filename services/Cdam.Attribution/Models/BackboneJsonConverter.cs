using System.Text.Json;
using System.Text.Json.Serialization;
using Cdam.Attribution.Backbones;

namespace Cdam.Attribution.Models;

/// <summary>A backbone is a string (a known name) or an object (its numbers).</summary>
internal sealed class BackboneJsonConverter : JsonConverter<BackboneReference>
{
    public override BackboneReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new BackboneReference(reader.GetString(), null)
            : new BackboneReference(null, JsonSerializer.Deserialize<BackboneConfig>(ref reader, options)
                ?? throw new JsonException("backbone is null; must be a name or an object"));

    public override void Write(Utf8JsonWriter writer, BackboneReference value, JsonSerializerOptions options)
    {
        if (value.Name is not null)
        {
            writer.WriteStringValue(value.Name);
        }
        else
        {
            JsonSerializer.Serialize(writer, value.Custom, options);
        }
    }
}
