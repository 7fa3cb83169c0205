using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Cdam.Gateway.OpenApi;

/// <summary>The schemas of messages as ProtoJSON writes them; those that are referred to are collected.</summary>
internal sealed class Schemas
{
    private const string OwnPackage = "cdam.v1.";

    private readonly SortedDictionary<string, JsonObject> _components = new(StringComparer.Ordinal);

    /// <summary>What was referred to, by name.</summary>
    internal JsonObject Components() => new(_components.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));

    /// <summary>A reference to a message's schema, or the schema itself of a type that JSON has a form of its own for.</summary>
    internal JsonObject Of(MessageDescriptor message)
    {
        if (WellKnown(message) is { } known)
        {
            return known;
        }

        var name = Name(message.FullName);
        if (!_components.ContainsKey(name))
        {
            var schema = _components[name] = Described(new JsonObject { ["type"] = "object" }, message.FullName);
            schema["properties"] = new JsonObject(message.Fields.InDeclarationOrder().Select(field => KeyValuePair.Create<string, JsonNode?>(field.JsonName, Property(field))));
        }

        return Reference(name);
    }

    /// <summary>The schema of a field, with its comment.</summary>
    internal JsonObject Property(FieldDescriptor field)
    {
        var value = field.IsMap ? new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(field.MessageType.FindFieldByNumber(2)) }
            : field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = Value(field) }
            : Value(field);

        // Beside a reference nothing else counts.
        var described = value.ContainsKey("$ref") && ProtoComments.Of(field.FullName) is not null ? new JsonObject { ["allOf"] = new JsonArray(value) } : value;
        return Described(described, field.FullName);
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static string Name(string fullName) => fullName.StartsWith(OwnPackage, StringComparison.Ordinal) ? fullName[OwnPackage.Length..] : fullName;

    private static JsonObject Described(JsonObject schema, string name)
    {
        if (ProtoComments.Of(name) is { } comment)
        {
            schema["description"] = comment;
        }

        return schema;
    }

    private static JsonObject Scalar(string type, string? format = null) =>
        format is null ? new JsonObject { ["type"] = type } : new JsonObject { ["type"] = type, ["format"] = format };

    private static JsonObject? WellKnown(MessageDescriptor message) => message.FullName switch
    {
        "google.protobuf.Timestamp" => Scalar("string", "date-time"),
        "google.protobuf.Duration" => Scalar("string"),
        _ when message == Any.Descriptor => new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["@type"] = Scalar("string") },
            ["additionalProperties"] = true,
        },
        _ => null,
    };

    private JsonObject Value(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => Of(field.MessageType),
        FieldType.Enum => Of(field.EnumType),
        FieldType.Bool => Scalar("boolean"),
        FieldType.Bytes => Scalar("string", "byte"),
        FieldType.Float => Scalar("number", "float"),
        FieldType.Double => Scalar("number", "double"),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => Scalar("integer", "int32"),
        FieldType.UInt32 or FieldType.Fixed32 => Scalar("integer", "int64"),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Scalar("string", "int64"),
        FieldType.UInt64 or FieldType.Fixed64 => Scalar("string", "uint64"),
        _ => Scalar("string"),
    };

    private JsonObject Of(EnumDescriptor choice)
    {
        var name = Name(choice.FullName);
        if (!_components.ContainsKey(name))
        {
            var values = choice.Values.Select(value => (JsonNode)JsonValue.Create(value.Name)).ToArray();
            _components[name] = Described(new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(values) }, choice.FullName);
        }

        return Reference(name);
    }
}
