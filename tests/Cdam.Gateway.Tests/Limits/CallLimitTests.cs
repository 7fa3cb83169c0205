using System.Net;
using System.Net.Http.Headers;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Options;
using static Cdam.Gateway.Tests.Access.KeyGateway;

namespace Cdam.Gateway.Tests.Limits;

public sealed class CallLimitTests
{
    // A token in 1000 s: none comes while the test runs, however slow the machine is.
    private const string Rate = "--Gateway:Limits:CallsPerSecond=0.001";

    [Fact]
    public async Task Calls_AboveTheRate_AreResourceExhaustedWithDetailsAndCountForTheirCallerAlone()
    {
        var (busy, calm) = (Key("busy", "explain"), Key("calm", "explain"));
        await using var system = await StartAsync([busy.Line, calm.Line], Rate, "--Gateway:Limits:Burst=3");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(StatusCode.OK, await system.ExplainAsync(With(busy.Key)));
        }

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await system.Gateway.Client.ExplainAsync(new ExplainRequest(), With(busy.Key), cancellationToken: GatewayFixture.Patience));

        var status = fault.GetRpcStatus()!;
        Assert.Equal((StatusCode.ResourceExhausted, "TOO_MANY_CALLS"), (fault.StatusCode, status.GetDetail<ErrorInfo>()!.Reason));
        Assert.Equal("Gateway:Limits:CallsPerSecond", status.GetDetail<QuotaFailure>()!.Violations[0].Subject);
        Assert.InRange(status.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1000));
        Assert.Contains("key:busy", fault.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(3, system.Gateway.Destination.Explainer.Calls);
        Assert.Equal(StatusCode.OK, await system.ExplainAsync(With(calm.Key)));
    }

    [Fact]
    public async Task Calls_WithoutARightKey_CountForTheirAddress()
    {
        var key = Key("ci", "explain");
        await using var system = await StartAsync([key.Line], Rate, "--Gateway:Limits:Burst=2");

        Assert.Equal(StatusCode.Unauthenticated, await system.ExplainAsync([]));
        Assert.Equal(StatusCode.Unauthenticated, await system.ExplainAsync(With("cdam_ci_guess")));
        Assert.Equal(StatusCode.ResourceExhausted, await system.ExplainAsync(With("cdam_ci_another")));
        Assert.Equal(StatusCode.OK, await system.ExplainAsync(With(key.Key)));
    }

    [Fact]
    public async Task Request_ThatIsNotGrpc_IsTooManyRequestsWithRetryAfter()
    {
        var key = Key("ci", "admin");
        await using var system = await StartAsync([key.Line], Rate, "--Gateway:Limits:Burst=1");
        using var client = new HttpClient { BaseAddress = system.Gateway.Http };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Key);
        using var first = await client.GetAsync(new Uri("/nothing", UriKind.Relative), GatewayFixture.Patience);
        using var second = await client.GetAsync(new Uri("/nothing", UriKind.Relative), GatewayFixture.Patience);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1000));
        Assert.Contains("Gateway:Limits:CallsPerSecond", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_AboveTheLimit_AreRefusedUntilOneEnds()
    {
        await using var gateway = await GatewayFixture.StartAsync("--Gateway:Limits:ConcurrentStreams=2");
        using var one = await OpenAsync(gateway);
        using var two = await OpenAsync(gateway);

        var fault = await Assert.ThrowsAsync<RpcException>(async () => await OpenAsync(gateway));
        Assert.Equal((StatusCode.ResourceExhausted, "TOO_MANY_STREAMS"), (fault.StatusCode, fault.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
        Assert.NotNull(fault.GetRpcStatus()!.GetDetail<RetryInfo>());
        Assert.Equal("ip:127.0.0.1 has 2 calls under way, which is the most (Gateway:Limits:ConcurrentStreams).", fault.Status.Detail);

        // Probes are not counted.
        await new Health.HealthClient(gateway.Channel).CheckAsync(new HealthCheckRequest(), cancellationToken: GatewayFixture.Patience);

        await one.RequestStream.CompleteAsync();
        Assert.False(await one.ResponseStream.MoveNext());
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                using var again = await OpenAsync(gateway);
                return true;
            }
            catch (RpcException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task Stream_ThatIsCancelled_GivesItsPlaceBack()
    {
        await using var gateway = await GatewayFixture.StartAsync("--Gateway:Limits:ConcurrentStreams=1");
        for (var i = 0; i < 5; i++)
        {
            await Eventually.HoldsAsync(async () =>
            {
                try
                {
                    using var call = await OpenAsync(gateway);
                    return true;
                }
                catch (RpcException fault) when (fault.StatusCode == StatusCode.ResourceExhausted)
                {
                    return false;
                }
            });
        }
    }

    [Theory]
    [InlineData("Gateway:Limits:CallsPerSecond (0) must be 0.001 to 100000", "--Gateway:Limits:CallsPerSecond=0")]
    [InlineData("Gateway:Limits:Burst (0) must be 1 to 1000000", "--Gateway:Limits:CallsPerSecond=1", "--Gateway:Limits:Burst=0")]
    [InlineData("Gateway:Limits:Burst (5) must be given together with CallsPerSecond", "--Gateway:Limits:Burst=5")]
    [InlineData("Gateway:Limits:ConcurrentStreams (0) must be 1 to 100000", "--Gateway:Limits:ConcurrentStreams=0")]
    public void Build_LimitOutOfRange_IsRefused(string message, params string[] args)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => GatewayHost.Build(args));

        Assert.Equal(message, fault.Message);
    }

    private static async Task<AsyncDuplexStreamingCall<ExplainStreamRequest, ExplainStreamResponse>> OpenAsync(GatewayFixture gateway)
    {
        var call = gateway.Client.ExplainStream(cancellationToken: GatewayFixture.Patience);
        Assert.True(await call.ResponseStream.MoveNext());
        return call;
    }
}
