using System.Text.Json.Nodes;
using Cdam.Gateway.Json;
using Cdam.V1;
using Google.Protobuf.Reflection;

namespace Cdam.Gateway.OpenApi;

/// <summary>How one binding is called.</summary>
internal static class Operation
{
    private const string Pictures = "The body may be an image file instead, with its media type; the other fields are then in the query, for example `targets.output=NAME&methods.name=NAME`. ";

    /// <summary>The path with its variables as OpenAPI wants them, <c>/v1/models/{model}:explain</c>.</summary>
    internal static string PathOf(HttpBinding binding) => binding.Path.Variables.Aggregate(
        binding.Path.Text,
        (path, variable) => path
            .Replace($"{{{variable.Field}={variable.Shape}}}", variable.Shape.Replace("*", $"{{{NameOf(variable)}}}", StringComparison.Ordinal), StringComparison.Ordinal));

    internal static JsonObject Of(HttpBinding binding, Schemas schemas)
    {
        var method = binding.Method;
        var comment = ProtoComments.Of(method.FullName) ?? method.Name;
        var hasPicture = binding.HasBody && method.InputType.Fields.InDeclarationOrder().Any(IsPicture);
        var operation = new JsonObject
        {
            ["operationId"] = $"{method.Service.Name}_{method.Name}{(First(binding) ? "" : $"_{binding.Path.Variables.Count}")}",
            ["tags"] = new JsonArray(method.Service.Name),
            ["summary"] = comment.Split(". ")[0].TrimEnd('.'),
            ["description"] = (hasPicture ? Pictures : "") + comment,
            ["parameters"] = Parameters(binding, schemas),
            ["responses"] = Responses(method, schemas),
        };
        if (binding.HasBody)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Body(method, hasPicture, schemas) };
        }

        return operation;
    }

    private static bool First(HttpBinding binding) => HttpBindings.All.First(other => other.Method == binding.Method) == binding;

    // models/* is a model.
    private static string NameOf(PathVariable variable) => variable.Shape == "*" ? variable.Field : variable.Shape.Split('/')[^2].TrimEnd('s');

    private static bool IsPicture(FieldDescriptor field) => field is { FieldType: FieldType.Message, IsRepeated: false } && field.MessageType == Image.Descriptor;

    private static JsonArray Parameters(HttpBinding binding, Schemas schemas)
    {
        var path = binding.Path.Variables.Select(variable => new JsonObject
        {
            ["name"] = NameOf(variable), ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" },
        });
        var rest = binding.Method.InputType.Fields.InDeclarationOrder()
            .Where(field => !binding.HasBody && field.FieldType != FieldType.Message && binding.Path.Variables.All(variable => variable.Field != field.Name));
        var query = rest.Select(field => new JsonObject
        {
            ["name"] = field.JsonName, ["in"] = "query", ["description"] = ProtoComments.Of(field.FullName) ?? field.Name, ["schema"] = schemas.Property(field),
        });
        return new JsonArray([.. path, .. query]);
    }

    private static JsonObject Content(JsonObject schema) => new() { ["schema"] = schema };

    private static JsonObject Body(MethodDescriptor method, bool hasPicture, Schemas schemas)
    {
        var content = new JsonObject { [JsonError.MediaType] = Content(schemas.Of(method.InputType)) };
        if (hasPicture)
        {
            content["image/*"] = Content(new JsonObject { ["type"] = "string", ["format"] = "binary" });
        }

        return content;
    }

    private static JsonObject Responses(MethodDescriptor method, Schemas schemas)
    {
        var content = new JsonObject { [method.IsServerStreaming ? JsonAnswer.StreamMediaType : JsonError.MediaType] = Content(schemas.Of(method.OutputType)) };
        if (method.OutputType == ExplainResponse.Descriptor)
        {
            content[JsonAnswer.PictureMediaType] = Content(new JsonObject { ["type"] = "string", ["format"] = "binary" });
        }

        return new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = method.IsServerStreaming ? "One object a line; a line {\"error\": STATUS} ends a stream that fails." : "The answer.",
                ["content"] = content,
            },
            ["default"] = new JsonObject
            {
                ["description"] = "A google.rpc.Status, with the HTTP code that google/rpc/code.proto names for its code.",
                ["content"] = new JsonObject { [JsonError.MediaType] = Content(schemas.Of(Google.Rpc.Status.Descriptor)) },
            },
        };
    }
}
