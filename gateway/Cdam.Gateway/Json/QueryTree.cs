using System.Text.Json.Nodes;
using Cdam.V1.Errors;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Cdam.Gateway.Json;

/// <summary>
/// Fields of a request that are given as paths and texts, <c>mapOptions.clip=true</c>, as JSON. A repeated field is given several times;
/// of repeated messages a new one begins where the last has the field already: <c>methods.name=cdam&amp;methods.name=attention</c>.
/// </summary>
internal sealed class QueryTree(MessageDescriptor message)
{
    private readonly JsonObject _root = [];

    /// <summary>As the JSON parser reads it.</summary>
    internal string Json => _root.ToJsonString();

    /// <param name="path">Names of fields, as in JSON or as in the proto file, with dots between.</param>
    /// <param name="text">The value.</param>
    /// <exception cref="RpcException">There is no such field, or it is a message.</exception>
    internal void Add(string path, string text)
    {
        var fields = Fields(path);
        var node = _root;
        for (var depth = 0; depth < fields.Count - 1; depth++)
        {
            node = Inner(node, fields[depth], fields[depth + 1]);
        }

        var leaf = fields[^1];
        var value = leaf.FieldType == FieldType.Bool && bool.TryParse(text, out var flag) ? JsonValue.Create(flag) : JsonValue.Create(text);
        if (leaf.IsRepeated)
        {
            Elements(node, leaf).Add(value);
        }
        else
        {
            node[leaf.JsonName] = value;
        }
    }

    private static JsonArray Elements(JsonObject node, FieldDescriptor field)
    {
        node[field.JsonName] ??= new JsonArray();
        return (JsonArray)node[field.JsonName]!;
    }

    private static JsonObject Inner(JsonObject node, FieldDescriptor field, FieldDescriptor next)
    {
        if (!field.IsRepeated)
        {
            node[field.JsonName] ??= new JsonObject();
            return (JsonObject)node[field.JsonName]!;
        }

        var elements = Elements(node, field);
        if (elements.Count == 0 || IsTaken((JsonObject)elements[^1]!, next))
        {
            elements.Add(new JsonObject());
        }

        return (JsonObject)elements[^1]!;
    }

    private static bool IsTaken(JsonObject node, FieldDescriptor field) => field.RealContainingOneof is { } choice
        ? choice.Fields.Any(other => node.ContainsKey(other.JsonName) && (other != field || field.FieldType != FieldType.Message))
        : node.ContainsKey(field.JsonName) && !field.IsRepeated && field.FieldType != FieldType.Message;

    private List<FieldDescriptor> Fields(string path)
    {
        var (fields, inside) = (new List<FieldDescriptor>(), message);
        foreach (var name in path.Split('.'))
        {
            var field = inside?.Fields.InDeclarationOrder().FirstOrDefault(field => field.JsonName == name || field.Name == name);
            fields.Add(field ?? throw WireStatus.InvalidArgument(path, $"is no field of {message.Name}", "UNKNOWN_FIELD").ToRpcException());
            inside = field is { FieldType: FieldType.Message, IsMap: false } ? field.MessageType : null;
        }

        return fields[^1].FieldType != FieldType.Message
            ? fields
            : throw WireStatus.InvalidArgument(path, $"is a {fields[^1].MessageType.Name}; only its fields can be given here", "NOT_A_VALUE").ToRpcException();
    }
}
