using System.Reflection;
using System.Text.Json.Nodes;
using Cdam.Gateway.Json;

namespace Cdam.Gateway.OpenApi;

/// <summary>The OpenAPI 3.0 document of everything that can be called in JSON, made of the descriptors and the proto files' comments.</summary>
internal static class OpenApiPage
{
    private const string Path = "/openapi/v1.json";

    private static readonly Lazy<string> Text = new(() => Build().ToJsonString());

    internal static void Map(WebApplication app) => app.MapGet(Path, () => Results.Text(Text.Value, JsonError.MediaType));

    private static JsonObject Build()
    {
        var schemas = new Schemas();
        var paths = HttpBindings.All.GroupBy(Operation.PathOf).Select(path => KeyValuePair.Create<string, JsonNode?>(
            path.Key,
            new JsonObject(path.Select(binding => KeyValuePair.Create<string, JsonNode?>(binding.Verb.ToLowerInvariant(), Operation.Of(binding, schemas))))));
        return new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject
            {
                ["title"] = "CDAM",
                ["version"] = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
                ["description"] = "Explanations of Vision Transformers. The same calls as in gRPC, package cdam.v1.",
            },
            ["paths"] = new JsonObject(paths),
            ["components"] = new JsonObject { ["schemas"] = schemas.Components() },
        };
    }
}
