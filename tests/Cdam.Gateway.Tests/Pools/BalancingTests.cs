using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Grpc.Core;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Pools;

public sealed class BalancingTests
{
    [Fact]
    public async Task Calls_GoWhereTheFewestAreUnderWay()
    {
        await using var pool = await TwoDestinations.StartAsync();
        using var one = await OpenAsync(pool);
        Assert.Equal((1, 0), (pool.First.Explainer.Calls, pool.Second.Explainer.Calls));

        // Taking turns would send half of them to the first.
        string[] answers = [await pool.WhereAsync(), await pool.WhereAsync(), await pool.WhereAsync()];
        using var two = await OpenAsync(pool);
        using var three = await OpenAsync(pool);
        using var four = await OpenAsync(pool);

        Assert.Equal(["second", "second", "second"], answers);
        Assert.Equal((2, 5), (pool.First.Explainer.Calls, pool.Second.Explainer.Calls));
    }

    private static async Task<AsyncDuplexStreamingCall<ExplainStreamRequest, ExplainStreamResponse>> OpenAsync(TwoDestinations pool)
    {
        var call = pool.Gateway.Client.ExplainStream(cancellationToken: Patience);
        Assert.True(await call.ResponseStream.MoveNext());
        return call;
    }
}
