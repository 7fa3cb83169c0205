using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Explainer.Tests.Devices;

public sealed class QueueTests
{
    private const int Capacity = 8;
    private static readonly CancellationToken Timely = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Explain_QueueFull_IsResourceExhaustedWithRetryInfo()
    {
        await using var host = await StartAsync();
        using var hold = await host.HoldDeviceAsync();
        var waiting = await FillAsync(host);
        var status = await Faults.FailsAsync(Code.ResourceExhausted, async () => await host.Client.ExplainAsync(Requests.Explain()));
        Assert.True(Faults.Detail<RetryInfo>(status).RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        Assert.Equal("Explainer:QueueCapacity", Faults.Detail<QuotaFailure>(status).Violations[0].Subject);
        hold.Dispose();
        Assert.All(await Task.WhenAll(waiting), response => Assert.Single(response.Maps));
    }

    [Fact]
    public async Task Explain_StreamsFillTheirShare_SingleCallsStillFindAPlace()
    {
        await using var host = await StartAsync();
        using var hold = await host.HoldDeviceAsync();
        using var call = host.Client.ExplainStream(cancellationToken: Timely);
        for (var index = 0; index < 16; index++)
        {
            await call.RequestStream.WriteAsync(new ExplainStreamRequest { Id = $"{index}", Request = Requests.Explain() }, Timely);
        }

        await Eventually.TrueAsync(() => host.Device.Admitted == Capacity * 3 / 4);
        var single = host.Client.ExplainAsync(Requests.Explain(), cancellationToken: Timely);
        await Eventually.TrueAsync(() => host.Device.Admitted == Capacity * 3 / 4 + 1);
        hold.Dispose();
        Assert.Single((await single).Maps);
        await call.RequestStream.CompleteAsync();
        Assert.Equal(16, await call.ResponseStream.ReadAllAsync(Timely).CountAsync(answer => answer.Result is not null, Timely));
    }

    [Fact]
    public async Task Explain_DeadlineInTheQueue_FreesItsPlaceWithoutTheDevice()
    {
        await using var host = await StartAsync();
        using var hold = await host.HoldDeviceAsync();
        var calls = Enumerable.Range(0, Capacity)
            .Select(_ => host.Client.ExplainAsync(Requests.Explain(), deadline: DateTime.UtcNow.AddMilliseconds(400)).ResponseAsync).ToList();
        foreach (var call in calls)
        {
            var exception = await Assert.ThrowsAsync<RpcException>(() => call);
            Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        }

        await Eventually.TrueAsync(() => host.Device.Admitted == 0);
        await ServesItsCapacityAsync(host, hold);
    }

    [Fact]
    public async Task ExplainStream_DeadlineInTheQueue_EndsTheStream()
    {
        await using var host = await StartAsync();
        using var hold = await host.HoldDeviceAsync();
        using var call = host.Client.ExplainStream(deadline: DateTime.UtcNow.AddMilliseconds(300));
        await call.RequestStream.WriteAsync(new ExplainStreamRequest { Id = "a", Request = Requests.Explain() }, Timely);
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.ReadAllAsync(Timely).CountAsync(Timely));
        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        await Eventually.TrueAsync(() => host.Device.Admitted == 0);
        await ServesItsCapacityAsync(host, hold);
    }

    [Fact]
    public async Task Cancellation_InEveryPhase_LeaksNoPlace()
    {
        await using var host = await StartAsync();

        // While decoding, in the queue, and while being computed: delays from nothing to longer than the whole call.
        for (var round = 0; round < 60; round++)
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Timely);
            cancellation.CancelAfter(TimeSpan.FromMilliseconds(round % 20));
            var request = Requests.Explain();
            request.Methods.Add(new MethodSpec { Name = "smooth-cdam" });
            var calls = Enumerable.Range(0, 4).Select(_ => host.Client.ExplainAsync(request, cancellationToken: cancellation.Token).ResponseAsync).ToList();
            await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);
            Assert.All(calls, call => Assert.True(call.IsCompletedSuccessfully || call.Exception?.InnerException is RpcException { StatusCode: StatusCode.Cancelled } || call.IsCanceled));
        }

        await CancelStreamsAsync(host);
        await Eventually.TrueAsync(() => host.Device.Admitted == 0);
        using var hold = await host.HoldDeviceAsync();
        await ServesItsCapacityAsync(host, hold);
    }

    private static async Task CancelStreamsAsync(RunningExplainer host)
    {
        for (var round = 0; round < 10; round++)
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Timely);
            using var call = host.Client.ExplainStream(cancellationToken: cancellation.Token);
            for (var index = 0; index < 12; index++)
            {
                await call.RequestStream.WriteAsync(new ExplainStreamRequest { Id = $"{index}", Request = Requests.Explain(), IncludeTokens = true }, Timely);
            }

            await Task.Delay(round * 3, Timely);
            await cancellation.CancelAsync();
        }
    }

    /// <summary>As many calls as there are places wait at once and are then answered.</summary>
    private static async Task ServesItsCapacityAsync(RunningExplainer host, IDisposable hold)
    {
        var calls = await FillAsync(host);
        hold.Dispose();
        Assert.All(await Task.WhenAll(calls), response => Assert.Single(response.Maps));
    }

    private static async Task<List<Task<ExplainResponse>>> FillAsync(RunningExplainer host)
    {
        var calls = Enumerable.Range(0, Capacity).Select(_ => host.Client.ExplainAsync(Requests.Explain(), cancellationToken: Timely).ResponseAsync).ToList();
        await Eventually.TrueAsync(() => host.Device.Admitted == Capacity);
        return calls;
    }

    private static Task<RunningExplainer> StartAsync() => RunningExplainer.StartAsync($"--Explainer:QueueCapacity={Capacity}");
}
