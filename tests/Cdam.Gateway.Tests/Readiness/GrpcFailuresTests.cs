using Cdam.Gateway.Tests.Destinations;
using Cdam.V1.Errors;
using Grpc.Core;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Readiness;

public sealed class GrpcFailuresTests
{
    [Fact]
    public async Task Destination_UnavailableThreeTimesInARow_IsLeftOut()
    {
        await using var pool = await TwoDestinations.StartAsync();
        pool.First.Explainer.Fault = WireStatus.Unavailable("not now", TimeSpan.FromSeconds(1), "X").ToRpcException();

        var failures = 0;
        while (failures < 1000 && await StreamAsync(pool) == StatusCode.Unavailable)
        {
            failures++;
        }

        // The destinations are updated in the background: calls that begin meanwhile fail too.
        Assert.InRange(failures, 3, 999);
        Assert.Equal(failures, pool.First.Explainer.Calls);
    }

    [Fact]
    public async Task Destination_WithOtherFailures_IsKept()
    {
        await using var pool = await TwoDestinations.StartAsync();
        pool.First.Explainer.Fault = WireStatus.Internal("a fault of this call").ToRpcException();

        for (var call = 1; call <= 10; call++)
        {
            Assert.Equal(StatusCode.Internal, await StreamAsync(pool));
        }

        Assert.Equal(0, pool.Second.Explainer.Calls);
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
