using System.Collections.Concurrent;
using System.Diagnostics;
using Cdam.Explainer.Tests.Running;
using Cdam.V1;

namespace Cdam.Explainer.Tests.Telemetry;

public sealed class DeviceSpanTests
{
    [Fact]
    public async Task Spans_OfTwoCallsInOneBatch_AreEachInItsOwnTraceWithALinkToTheOther()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Cdam.Explainer",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);

        // Long enough for the second to be decoded, too.
        await using var host = await RunningExplainer.StartAsync("--Explainer:BatchWindow=00:00:01");
        var hold = await host.HoldDeviceAsync();
        var calls = Enumerable.Range(0, 2).Select(_ => host.Client.ExplainAsync(Request()).ResponseAsync).ToList();
        await Eventually.TrueAsync(() => host.Device.Admitted == 2);
        hold.Dispose();
        await Task.WhenAll(calls);
        await Eventually.TrueAsync(() => Named("explain").Count == 2);

        foreach (var explain in Named("explain"))
        {
            var other = Named("explain").Single(span => span != explain);
            Assert.NotEqual(explain.TraceId, other.TraceId);
            var device = Named("device").Single(span => span.ParentSpanId == explain.SpanId);
            Assert.Equal(other.Context, device.Links.Single().Context);
            Assert.Equal((2, "models/dino", "cdam,attention"), (device.GetTagItem("cdam.batch.size"), device.GetTagItem("cdam.model"), device.GetTagItem("cdam.methods")));
            var queue = Named("queue").Single(span => span.ParentSpanId == explain.SpanId);
            Assert.Equal(device.StartTimeUtc, queue.StartTimeUtc + queue.Duration);
            Assert.Equal(explain.TraceId, device.TraceId);
        }

        List<Activity> Named(string name) => [.. spans.Where(span => span.OperationName == name)];
    }

    [Fact]
    public async Task Spans_OfAnEmbedStream_AreTheCallsAlone()
    {
        var names = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Cdam.Explainer",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => names.Add(span.DisplayName),
        };
        ActivitySource.AddActivityListener(listener);
        await using (var host = await RunningExplainer.StartAsync())
        {
            using var call = host.Client.Embed();
            await call.RequestStream.WriteAsync(new EmbedRequest { Model = Requests.Dino, Id = "a", Image = Requests.ReferenceImage });
            await call.RequestStream.CompleteAsync();
            while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            {
                Assert.Null(call.ResponseStream.Current.Error);
            }
        }

        Assert.Contains("cdam.v1.ExplainerService/Embed", names);
        Assert.DoesNotContain("device", names);
    }

    private static ExplainRequest Request() => new()
    {
        Model = Requests.Dino,
        Image = Requests.ReferenceImage,
        Methods = { new MethodSpec { Name = "cdam" }, new MethodSpec { Name = "attention" } },
    };
}
