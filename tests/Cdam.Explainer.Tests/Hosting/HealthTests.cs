using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Cdam.Explainer.Tests.Hosting;

public sealed class HealthTests(SharedExplainer shared)
{
    private static readonly CancellationToken Timely = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("cdam.v1.ExplainerService")]
    [InlineData("models/dino")]
    [InlineData("models/dino-concept")]
    public async Task Check_WarmedUp_IsServing(string service) =>
        Assert.Equal(ServingStatus.Serving, (await shared.Host.Health.CheckAsync(new HealthCheckRequest { Service = service })).Status);

    [Fact]
    public async Task Check_UnknownName_IsNotFound()
    {
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await shared.Host.Health.CheckAsync(new HealthCheckRequest { Service = "models/x" }));
        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public async Task Stop_WithWorkOutstanding_ReportsNotServingAndAnswersIt()
    {
        var host = await RunningExplainer.StartAsync();
        var hold = await host.HoldDeviceAsync();
        using var watch = host.Health.Watch(new HealthCheckRequest { Service = "models/dino" }, cancellationToken: Timely);
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
        using var stream = host.Client.ExplainStream(cancellationToken: Timely);
        await stream.RequestStream.WriteAsync(new ExplainStreamRequest { Id = "a", Request = Requests.Explain() }, Timely);
        var single = host.Client.ExplainAsync(Requests.Explain(), cancellationToken: Timely);
        await Eventually.TrueAsync(() => host.Device.Admitted == 2);

        var stopping = host.StopAsync();
        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        await Task.Delay(100, Timely);
        Assert.False(stopping.IsCompleted);
        hold.Dispose();
        Assert.Single((await single).Maps);
        var answers = new List<ExplainStreamResponse>();
        var ended = await Faults.FailsAsync(Google.Rpc.Code.Unavailable, async () =>
        {
            await foreach (var answer in stream.ResponseStream.ReadAllAsync(Timely))
            {
                answers.Add(answer);
            }
        });
        Assert.Equal("a", Assert.Single(answers, answer => answer.Result is not null).Id);
        Assert.True(Faults.Detail<Google.Rpc.RetryInfo>(ended).RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        await stopping.WaitAsync(TimeSpan.FromSeconds(5), Timely);
        await host.DisposeAsync();
    }

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(Timely));
        return watch.ResponseStream.Current.Status;
    }
}
