using System.Text;
using System.Text.Json.Nodes;

namespace Cdam.Gateway.Tests.Json;

/// <summary>Calls a gateway as a program without gRPC does.</summary>
internal sealed class JsonClient(GatewayFixture gateway) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = gateway.Http };

    public HttpClient Http => _http;

    public Task<JsonReply> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<JsonReply> PostAsync(string path, string json) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") });

    public async Task<JsonReply> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var answer = await _http.SendAsync(request, GatewayFixture.Patience))
        {
            var text = await answer.Content.ReadAsStringAsync(GatewayFixture.Patience);
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject());
            return new JsonReply(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers, [.. lines]);
        }
    }

    public void Dispose() => _http.Dispose();
}
