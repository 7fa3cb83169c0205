using System.Net;
using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Gateway.Tests;

public sealed class FaultTests
{
    // Only a call that hangs reaches this; the slowest test here takes about two seconds.
    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Fact]
    public async Task Cluster_WithoutDestination_IsUnavailableWithRetryInfo()
    {
        await using var gateway = await GatewayFixture.StartWithoutDestinationAsync();

        var fault = await Assert.ThrowsAsync<RpcException>(async () => await GetModelAsync(gateway));

        AssertStatus(fault, StatusCode.Unavailable, "NO_DESTINATION");
        Assert.NotNull(fault.GetRpcStatus()?.GetDetail<RetryInfo>());
        Assert.Contains("explainers", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Destination_NotListening_IsUnavailableWithRetryInfo()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        await gateway.Destination.KillAsync();

        var fault = await Assert.ThrowsAsync<RpcException>(async () => await GetModelAsync(gateway));

        AssertStatus(fault, StatusCode.Unavailable, "DESTINATION_LOST");
        Assert.NotNull(fault.GetRpcStatus()?.GetDetail<RetryInfo>());
    }

    [Fact]
    public async Task Destination_KilledMidStream_EndsTheStreamAsUnavailableWithDetails()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        using var call = new ExplainerService.ExplainerServiceClient(gateway.Channel).ExplainStream(cancellationToken: Patience);
        await call.RequestStream.WriteAsync(new ExplainStreamRequest { Id = "one" });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.True(await call.ResponseStream.MoveNext());

        await gateway.Destination.KillAsync();

        var fault = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        AssertStatus(fault, StatusCode.Unavailable, "DESTINATION_LOST");
    }

    [Fact]
    public async Task Destination_SilentForLongerThanTheActivityTimeout_IsDeadlineExceeded()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            "--ReverseProxy:Clusters:explainers:HttpRequest:ActivityTimeout=00:00:00.3");

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ExplainerService.ExplainerServiceClient(gateway.Channel)
                .ExplainAsync(new ExplainRequest { RequestId = StubExplainer.Silent }, cancellationToken: Patience));

        AssertStatus(fault, StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED");
    }

    [Fact]
    public async Task Destination_SilentMidStream_IsDeadlineExceeded()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            "--ReverseProxy:Clusters:explainers:HttpRequest:ActivityTimeout=00:00:00.3");
        using var call = new ExplainerService.ExplainerServiceClient(gateway.Channel).ExplainStream(cancellationToken: Patience);
        Assert.True(await call.ResponseStream.MoveNext());

        var fault = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        AssertStatus(fault, StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED");
    }

    [Fact]
    public async Task Client_ThatCancels_CancelsTheCallAtTheDestination()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        using var cancellation = new CancellationTokenSource();
        using var call = new ExplainerService.ExplainerServiceClient(gateway.Channel)
            .ExplainAsync(new ExplainRequest { RequestId = StubExplainer.Silent }, cancellationToken: cancellation.Token);
        await gateway.Destination.Explainer.Waiting.WaitAsync(Patience);

        await cancellation.CancelAsync();

        var fault = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, fault.StatusCode);
        await gateway.Destination.Explainer.Cancelled.WaitAsync(Patience);
    }

    [Fact]
    public async Task Deadline_ThatPasses_CancelsTheCallAtTheDestination()
    {
        await using var gateway = await GatewayFixture.StartAsync();

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ExplainerService.ExplainerServiceClient(gateway.Channel)
                .ExplainAsync(new ExplainRequest { RequestId = StubExplainer.Silent }, deadline: DateTime.UtcNow.AddSeconds(2)));

        Assert.Equal(StatusCode.DeadlineExceeded, fault.StatusCode);
        await gateway.Destination.Explainer.Cancelled.WaitAsync(Patience);
    }

    [Fact]
    public async Task UnknownService_IsUnimplementedWithDetails()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        var method = new Method<GetModelRequest, GetModelResponse>(
            MethodType.Unary, "cdam.v1.NoService", "Call",
            Marshallers.Create(Google.Protobuf.MessageExtensions.ToByteArray, GetModelRequest.Parser.ParseFrom),
            Marshallers.Create(Google.Protobuf.MessageExtensions.ToByteArray, GetModelResponse.Parser.ParseFrom));

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await gateway.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(cancellationToken: Patience), new()));

        AssertStatus(fault, StatusCode.Unimplemented, "NO_SUCH_METHOD");
        Assert.Contains("/cdam.v1.NoService/Call", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownPath_OfAPlainHttpClient_IsNotFound()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.App.Urls.First() + "/nothing")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var answer = await client.SendAsync(request, Patience);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static AsyncUnaryCall<GetModelResponse> GetModelAsync(GatewayFixture gateway) =>
        new ExplainerService.ExplainerServiceClient(gateway.Channel)
            .GetModelAsync(new GetModelRequest { Name = "models/m" }, cancellationToken: Patience);

    private static void AssertStatus(RpcException fault, StatusCode code, string reason)
    {
        Assert.True(code == fault.StatusCode, fault.ToString());
        var info = fault.GetRpcStatus()?.GetDetail<ErrorInfo>();
        Assert.Equal(("cdam", reason), (info?.Domain, info?.Reason));
    }
}
