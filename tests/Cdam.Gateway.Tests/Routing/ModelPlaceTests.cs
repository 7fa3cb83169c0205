using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Routing;

/// <summary>Where models are while pools change.</summary>
public sealed class ModelPlaceTests : IAsyncLifetime
{
    // No round of questions but the first, and those that are asked for.
    private const string NoRounds = "--Gateway:RefreshInterval=01:00:00";

    private Destination _class = null!;
    private Destination _concept = null!;

    public async ValueTask InitializeAsync()
    {
        _class = await Destination.StartAsync("in class", "models/a", "models/s");
        _concept = await Destination.StartAsync("in concept", "models/b", "models/s");
    }

    public async ValueTask DisposeAsync()
    {
        await _class.DisposeAsync();
        await _concept.DisposeAsync();
    }

    [Fact]
    public async Task Model_LoadedSinceTheLastRound_IsFoundAtOnce()
    {
        await using var gateway = await StartAsync(NoRounds);
        await gateway.RefreshAsync();
        _concept.Explainer.Models = ["models/b", "models/new"];

        Assert.Equal("in concept", await WhereAsync(gateway, "models/new"));
    }

    [Fact]
    public async Task Model_MovedToAnotherPool_IsFoundThere()
    {
        await using var gateway = await StartAsync(NoRounds);
        Assert.Equal("in class", await WhereAsync(gateway, "models/a"));
        _class.Explainer.Models = [];
        _concept.Explainer.Models = ["models/a"];

        await gateway.RefreshAsync();

        Assert.Equal("in concept", await WhereAsync(gateway, "models/a"));
    }

    [Fact]
    public async Task Model_InTwoPools_GoesToTheLessLoaded()
    {
        await using var gateway = await StartAsync(NoRounds);
        Assert.Equal("in class", await WhereAsync(gateway, "models/s"));
        using var busy = gateway.Client.ExplainAsync(
            new ExplainRequest { Model = "models/a", RequestId = StubExplainer.Silent }, cancellationToken: Patience);
        await _class.Explainer.Waiting.WaitAsync(Patience);

        Assert.Equal("in concept", await WhereAsync(gateway, "models/s"));
    }

    [Fact]
    public async Task Model_PinnedToAPool_GoesThereWhateverTheOthersHave()
    {
        await using var gateway = await StartAsync(
            NoRounds, "--Gateway:Pools:concept:Models:0=models/a", "--Gateway:Pools:concept:Models:1=unlisted");

        Assert.Equal("in concept", await WhereAsync(gateway, "models/a"));
        Assert.Equal("in concept", await WhereAsync(gateway, "models/unlisted"));
    }

    [Fact]
    public async Task Pool_ThatIsDown_MakesItsModelsUnavailableAndLeavesOthers()
    {
        await using var gateway = await StartAsync(NoRounds);
        await gateway.RefreshAsync();
        await _class.KillAsync();

        var lost = await FailAsync(gateway, "models/a");
        var unknown = await FailAsync(gateway, "models/unknown");

        Assert.Equal((StatusCode.Unavailable, "DESTINATION_LOST"), Reason(lost));
        Assert.Equal((StatusCode.Unavailable, "POOL_MISSING"), Reason(unknown));
        Assert.Contains("class cannot be asked", unknown.Status.Detail, StringComparison.Ordinal);
        Assert.NotNull(unknown.GetRpcStatus()?.GetDetail<RetryInfo>());
        Assert.Equal("in concept", await WhereAsync(gateway, "models/b"));
        Assert.Equal("in concept", await WhereAsync(gateway, "models/s"));
    }

    private static (StatusCode Code, string? Reason) Reason(RpcException fault) =>
        (fault.StatusCode, fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);

    private static async Task<string> WhereAsync(GatewayFixture gateway, string model) =>
        (await gateway.Client.ExplainAsync(new ExplainRequest { Model = model }, cancellationToken: Patience)).RequestId;

    private static Task<RpcException> FailAsync(GatewayFixture gateway, string model) =>
        Assert.ThrowsAsync<RpcException>(() => WhereAsync(gateway, model));

    private Task<GatewayFixture> StartAsync(params string[] args) => StartPoolsAsync([("class", _class), ("concept", _concept)], args);
}
