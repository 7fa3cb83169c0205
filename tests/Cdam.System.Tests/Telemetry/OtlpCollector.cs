using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cdam.System.Tests.Telemetry;

/// <summary>Receives spans, metrics and logs by OTLP over HTTP, as protobuf (opentelemetry-proto).</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentBag<ReceivedSpan> _spans = [];
    private readonly ConcurrentBag<(string Signal, string Body)> _others = [];
    private readonly WebApplication _app;

    private OtlpCollector(WebApplication app) => _app = app;

    /// <summary>The variables that make a program export here, soon after each span's end.</summary>
    public Dictionary<string, string> Variables => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "50",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
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
        app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            // Texts in protobuf are UTF-8 as they are.
            using var body = new StreamReader(request.Body);
            collector._others.Add((signal, await body.ReadToEndAsync()));
        });
        await app.StartAsync();
        return collector;
    }

    /// <summary>Waits until a span of that name has come.</summary>
    public async Task<ReceivedSpan> WaitForAsync(string service, string name)
    {
        ReceivedSpan? found = null;
        await UntilAsync(
            () => (found = _spans.FirstOrDefault(span => span.Service == service && span.Name == name)) is not null,
            () => $"no span {name} of {service}; there are {string.Join(", ", _spans.Select(span => $"{span.Service} {span.Name}"))}");
        return found!;
    }

    /// <summary>Waits until a host has sent something with a text in it.</summary>
    /// <param name="signal"><c>metrics</c> or <c>logs</c>.</param>
    /// <param name="service">The host's name.</param>
    /// <param name="text">For example a metric's name.</param>
    public Task WaitForAsync(string signal, string service, string text) => UntilAsync(
        () => _others.Any(other => other.Signal == signal && other.Body.Contains(service, StringComparison.Ordinal) && other.Body.Contains(text, StringComparison.Ordinal)),
        () => $"no {signal} of {service} with {text}");

    private static async Task UntilAsync(Func<bool> condition, Func<string> fault)
    {
        var until = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < until, fault());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
