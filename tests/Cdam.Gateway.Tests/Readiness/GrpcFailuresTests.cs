using Cdam.Gateway.Tests.Destinations;
using Cdam.V1.Errors;
using Grpc.Core;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Readiness;

public sealed class GrpcFailuresTests
{
    // For as long as the test lasts.
    private const string OutForGood = "--ReverseProxy:Clusters:explainers:HealthCheck:Passive:ReactivationPeriod=01:00:00";

    [Fact]
    public async Task Destination_UnavailableThreeTimesInARow_IsLeftOut()
    {
        await using var pool = await TwoDestinations.StartAsync(OutForGood);
        pool.First.Explainer.Fault = WireStatus.Unavailable("not now", TimeSpan.FromSeconds(1), "X").ToRpcException();
        var patience = Patience;

        while (pool.LeftOut == 0 && !patience.IsCancellationRequested)
        {
            await StreamAsync(pool);
        }

        Assert.Equal(1, pool.LeftOut);
        Assert.InRange(pool.First.Explainer.Calls, 3, int.MaxValue);
    }

    [Fact]
    public async Task Destination_LostThreeTimesInARow_IsLeftOut()
    {
        await using var pool = await TwoDestinations.StartAsync(OutForGood);
        await pool.First.KillAsync();

        for (var call = 1; call <= 3; call++)
        {
            Assert.Equal((0, StatusCode.Unavailable), (pool.LeftOut, await StreamAsync(pool)));
        }

        Assert.Equal((1, StatusCode.OK), (pool.LeftOut, await StreamAsync(pool)));
    }

    [Fact]
    public async Task Destination_WithOtherFailures_IsKept()
    {
        await using var pool = await TwoDestinations.StartAsync(OutForGood);
        pool.First.Explainer.Fault = pool.Second.Explainer.Fault = WireStatus.Internal("a fault of this call").ToRpcException();

        for (var call = 1; call <= 20; call++)
        {
            Assert.Equal(StatusCode.Internal, await StreamAsync(pool));
        }

        Assert.Equal(0, pool.LeftOut);
    }

    private static async Task<StatusCode> StreamAsync(TwoDestinations pool)
    {
        using var call = pool.Gateway.Client.ExplainStream(cancellationToken: Patience);
        await call.RequestStream.CompleteAsync();
        try
        {
            await call.ResponseStream.ReadAllAsync().CountAsync();
            return StatusCode.OK;
        }
        catch (RpcException fault)
        {
            return fault.StatusCode;
        }
    }
}
