using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cdam.System.Tests.Telemetry;

/// <summary>Receives spans by OTLP over HTTP, as protobuf (opentelemetry-proto, trace/v1).</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentBag<ReceivedSpan> _spans = [];
    private readonly WebApplication _app;

    private OtlpCollector(WebApplication app) => _app = app;

    /// <summary>The variables that make a program export here, soon after each span's end.</summary>
    public Dictionary<string, string> Variables => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
    };

    /// <summary>The same as arguments of a host.</summary>
    public string[] Arguments => [.. Variables.Select(variable => $"--{variable.Key}={variable.Value}")];

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var collector = new OtlpCollector(app);
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            var body = await ByteString.FromStreamAsync(request.Body);
            foreach (var span in ReceivedSpan.Read(body))
            {
                collector._spans.Add(span);
            }
        });
        app.MapPost("/v1/{signal}", () => Results.Ok());
        await app.StartAsync();
        return collector;
    }

    /// <summary>Waits until a span of that name has come.</summary>
    public async Task<ReceivedSpan> WaitForAsync(string service, string name)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            if (_spans.FirstOrDefault(span => span.Service == service && span.Name == name) is { } found)
            {
                return found;
            }

            Assert.True(DateTime.UtcNow < until, $"no span {name} of {service}; there are {string.Join(", ", _spans.Select(span => $"{span.Service} {span.Name}"))}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
