using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Cdam.Gateway.Tests.Json;

/// <summary>An answer of objects, one a line.</summary>
internal sealed record JsonReply(HttpStatusCode Code, string? MediaType, HttpResponseHeaders Headers, IReadOnlyList<JsonObject> Lines)
{
    public JsonObject Object => Assert.Single(Lines);

    /// <summary>The field of a detail of a google.rpc.Status.</summary>
    /// <param name="type">For example <c>ErrorInfo</c>.</param>
    public JsonObject Detail(string type) =>
        Object["details"]!.AsArray().Single(detail => detail!["@type"]!.GetValue<string>() == $"type.googleapis.com/google.rpc.{type}")!.AsObject();
}
