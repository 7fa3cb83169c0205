using System.Collections.Concurrent;
using System.Diagnostics;
using Cdam.Evaluator.Tests.Sessions;

namespace Cdam.Evaluator.Tests.Telemetry;

public sealed class SessionTelemetryTests
{
    private const string Predict = "cdam.v1.ExplainerService/Predict";

    [Fact]
    public async Task Metrics_AfterASession_SayWhatItsEventsSay()
    {
        await using var system = await BenchmarkFixture.StartAsync("--Evaluator:ListenHttp=http://127.0.0.1:0");
        var name = await system.StartBenchmarkAsync(await system.SettingsAsync(3));
        var last = (await system.EventsAsync(name))[^1];

        // The session is counted once its last event is written.
        var page = await UntilAsync(system, page => page.Sum("cdam_sessions_ended_total", ("state", "succeeded")) == 1);
        Assert.Equal(3, page.Sum("cdam_images_total", ("outcome", "measured")));
        Assert.Equal(last.Progress.ForwardPasses, page.Sum("cdam_session_forward_passes_total", ("plan", "planned")));
        Assert.Equal(last.Progress.NaiveForwardPasses, page.Sum("cdam_session_forward_passes_total", ("plan", "naive")));
        Assert.Equal(3, page.Sum("cdam_image_duration_seconds_count"));
        Assert.True(page.Sum("cdam_image_wait_seconds_sum") <= page.Sum("cdam_image_duration_seconds_sum"));
        Assert.Equal(3, page.Sum("rpc_client_call_duration_seconds_count", ("rpc_method", Predict), ("rpc_response_status_code", "OK")));
        page = await UntilAsync(system, page => page.Sum("cdam_sessions", ("state", "succeeded")) == 1);
        Assert.Equal((1, 0), (page.Sum("cdam_sessions"), page.Sum("cdam_sessions_running")));
    }

    [Fact]
    public async Task Spans_OfASession_AreATraceAnImageLinkedToTheSession()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Cdam.Evaluator",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var system = await BenchmarkFixture.StartAsync();
        var name = await system.StartBenchmarkAsync(await system.SettingsAsync(2));
        await system.EventsAsync(name);
        await system.StopEvaluatorAsync();

        // Tests beside this one have sessions, too.
        var id = name["benchmarks/".Length..];
        var session = spans.Single(span => span.OperationName == "session" && (string?)span.GetTagItem("cdam.session") == id);
        var images = spans.Where(span => span.OperationName == "image" && (string?)span.GetTagItem("cdam.session") == id).ToList();
        Assert.Equal(["picture 0", "picture 1"], images.Select(image => image.GetTagItem("cdam.image")).Order());
        foreach (var image in images)
        {
            Assert.Null(image.Parent);
            Assert.NotEqual(session.TraceId, image.TraceId);
            Assert.Equal(session.Context, image.Links.Single().Context);
            var calls = spans.Where(span => span.ParentSpanId == image.SpanId).Select(span => span.OperationName).Order();
            Assert.Equal(["cdam.v1.ExplainerService/ExplainStream", Predict], calls);
        }

        Assert.Equal("succeeded", session.GetTagItem("cdam.session.state"));
    }

    private static async Task<MetricsPage> UntilAsync(BenchmarkFixture system, Func<MetricsPage, bool> condition)
    {
        var patience = EvaluatorFixture.Patience;
        while (true)
        {
            var page = await MetricsPage.ReadAsync(system.HttpAddress);
            if (condition(page))
            {
                return page;
            }

            await Task.Delay(20, patience);
        }
    }
}
