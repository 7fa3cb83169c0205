using Cdam.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Gateway.Tests;

public sealed class ForwardingTests
{
    // Only a call that hangs reaches this; the slowest test here takes about a second.
    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Fact]
    public async Task Unary_WithMetadata_ReachesTheExplainerAndReturnsItsTrailers()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        using var call = new ExplainerService.ExplainerServiceClient(gateway.Channel).GetModelAsync(
            new GetModelRequest { Name = "models/m" }, new Metadata { { "cdam-model", "models/m" } }, cancellationToken: Patience);

        var answer = await call;

        Assert.Equal("models/m", answer.Model.DisplayName);
        Assert.Equal("stub", call.GetTrailers().GetValue("answered-by"));
    }

    [Fact]
    public async Task ServerStreaming_Evaluator_ComesThroughToItsEnd()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        using var call = new EvaluatorService.EvaluatorServiceClient(gateway.Channel)
            .EvaluateImage(new EvaluateImageRequest(), cancellationToken: Patience);

        var percents = new List<double>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            percents.Add(response.Point.Percent);
        }

        Assert.Equal([0, 50, 100], percents);
    }

    [Fact]
    public async Task Bidirectional_ClientThatSendsOneMessageAndWaits_IsAnswered()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        using var call = new ExplainerService.ExplainerServiceClient(gateway.Channel).ExplainStream(cancellationToken: Patience);

        // Nothing was sent yet: the answer's first message must come all the same.
        Assert.True(await call.ResponseStream.MoveNext());
        foreach (var id in new[] { "first", "second" })
        {
            await call.RequestStream.WriteAsync(new ExplainStreamRequest { Id = id });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(id, call.ResponseStream.Current.Id);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Unary_TwentyMegabytesEachWay_PassesUnchanged()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        var image = new byte[20_000_000];
        new Random(1).NextBytes(image);

        var answer = await new ExplainerService.ExplainerServiceClient(gateway.Channel).ExplainAsync(
            new ExplainRequest { Image = new Image { Encoded = ByteString.CopyFrom(image) } }, cancellationToken: Patience);

        Assert.True(answer.Maps[0].HeatMapPng.Span.SequenceEqual(image));
    }

    [Fact]
    public async Task ErrorOfTheExplainer_WithDetails_IsPassedOn()
    {
        await using var gateway = await GatewayFixture.StartAsync();

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ExplainerService.ExplainerServiceClient(gateway.Channel)
                .GetModelAsync(new GetModelRequest { Name = "models/none" }, cancellationToken: Patience));

        Assert.Equal(StatusCode.NotFound, fault.StatusCode);
        Assert.Equal("There is no such model – none at all.", fault.Status.Detail);
        Assert.Equal("models/none", fault.GetRpcStatus()?.GetDetail<ResourceInfo>()?.ResourceName);
    }
}
