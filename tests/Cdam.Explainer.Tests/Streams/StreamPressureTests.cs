using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Explainer.Tests.Streams;

public sealed class StreamPressureTests
{
    private static readonly CancellationToken Timely = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_OutstandingAtItsLimit_StopsReadingUntilAnswersCome()
    {
        await using var host = await RunningExplainer.StartAsync("--Explainer:MaxInFlightPerStream=2", "--Explainer:QueueCapacity=64");
        using var hold = await host.HoldDeviceAsync();
        using var call = host.Client.ExplainStream(cancellationToken: Timely);
        for (var index = 0; index < 10; index++)
        {
            await call.RequestStream.WriteAsync(new ExplainStreamRequest { Id = $"{index}", Request = Requests.Explain() }, Timely);
        }

        await Task.Delay(300, Timely);
        Assert.Equal(2, host.Device.Admitted);
        hold.Dispose();
        await call.RequestStream.CompleteAsync();
        Assert.Equal(10, await call.ResponseStream.ReadAllAsync(Timely).CountAsync(answer => answer.Result is not null, Timely));
    }

    [Fact]
    public async Task Stream_ClientThatNeverReads_IsAbortedAndHindersNobody()
    {
        await using var host = await RunningExplainer.StartAsync("--Explainer:WriteTimeout=00:00:01");
        using var channel = host.Connect();
        var client = new ExplainerService.ExplainerServiceClient(channel);
        using var call = client.ExplainStream(cancellationToken: Timely);
        var image = new Image { Picture = Requests.RandomPicture(1, 320, 320) };      // each answer: 8 tensors of 300 kB
        var sending = Task.Run(async () =>
        {
            for (var index = 0; index < 60; index++)
            {
                var request = new ExplainRequest { Model = Requests.Dino, Image = image, Targets = { new Target { All = true } } };
                await call.RequestStream.WriteAsync(
                    new ExplainStreamRequest { Id = $"{index}", Request = request, IncludeTokens = true, IncludeTokenGradients = true }, Timely);
            }
        });

        Assert.Single((await host.Client.ExplainAsync(Requests.Explain(), cancellationToken: Timely)).Maps);
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
        Assert.Single((await host.Client.ExplainAsync(Requests.Explain(), cancellationToken: Timely)).Maps);
        await Eventually.TrueAsync(() => host.Device.Admitted == 0);
    }
}
