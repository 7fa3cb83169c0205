using Cdam.Gateway.Tests.Destinations;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Inference;
using static Cdam.Gateway.Tests.GatewayFixture;
using static Inference.GRPCInferenceService;

namespace Cdam.Gateway.Tests.Merging;

/// <summary>The Open Inference Protocol before two pools, <c>class</c> with models/a and <c>concept</c> with models/b.</summary>
public sealed class InferenceTests : IAsyncLifetime
{
    private Destination _class = null!;
    private Destination _concept = null!;
    private GatewayFixture _gateway = null!;
    private GRPCInferenceServiceClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _class = await Destination.StartAsync("in class", "models/a");
        _concept = await Destination.StartAsync("in concept", "models/b");
        _gateway = await StartPoolsAsync([("class", _class), ("concept", _concept)]);
        _client = new GRPCInferenceServiceClient(_gateway.Channel);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _class.DisposeAsync();
        await _concept.DisposeAsync();
    }

    [Theory]
    [InlineData("a", "in class")]
    [InlineData("b", "in concept")]
    [InlineData("models/b", "in concept")]
    public async Task Call_ThatNamesAModel_GoesToItsPool(string model, string pool)
    {
        using var ready = _client.ModelReadyAsync(new ModelReadyRequest { Name = model }, cancellationToken: Patience);
        var metadata = await _client.ModelMetadataAsync(new ModelMetadataRequest { Name = model }, cancellationToken: Patience);
        var configuration = await _client.ModelConfigAsync(new ModelConfigRequest { Name = model }, cancellationToken: Patience);
        var inferred = await _client.ModelInferAsync(new ModelInferRequest { ModelName = model }, cancellationToken: Patience);
        using var stream = _client.ModelStreamInfer(cancellationToken: Patience);
        await stream.RequestStream.WriteAsync(new ModelInferRequest { ModelName = model });
        Assert.True(await stream.ResponseStream.MoveNext());

        Assert.True((await ready).Ready);
        Assert.Equal(
            (pool, pool, pool, pool, pool),
            (ready.GetTrailers().GetValue("answered-by"), metadata.Platform, configuration.Config.Platform, inferred.Id, stream.ResponseStream.Current.InferResponse.Id));
        Assert.Equal(model, inferred.ModelName);
    }

    [Fact]
    public async Task Call_OfAnUnknownModel_IsNotFound()
    {
        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await _client.ModelInferAsync(new ModelInferRequest { ModelName = "c" }, cancellationToken: Patience));

        Assert.Equal((StatusCode.NotFound, "models/c"), (fault.StatusCode, fault.GetRpcStatus()?.GetDetail<ResourceInfo>()?.ResourceName));
    }

    [Fact]
    public async Task Call_WithoutModel_IsRefusedWithTheField()
    {
        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await _client.ModelInferAsync(new ModelInferRequest(), cancellationToken: Patience));

        Assert.Equal("model_name", fault.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations[0].Field);
    }

    [Fact]
    public async Task Server_OfTwoPools_IsLiveReadyAndHasTheModelsOfBoth()
    {
        var live = await _client.ServerLiveAsync(new ServerLiveRequest(), cancellationToken: Patience);
        var ready = await _client.ServerReadyAsync(new ServerReadyRequest(), cancellationToken: Patience);
        var metadata = await _client.ServerMetadataAsync(new ServerMetadataRequest(), cancellationToken: Patience);
        var index = await _client.RepositoryIndexAsync(new RepositoryIndexRequest(), cancellationToken: Patience);
        var health = await new Health.HealthClient(_gateway.Channel).CheckAsync(
            new HealthCheckRequest { Service = "inference.GRPCInferenceService" }, cancellationToken: Patience);

        Assert.Equal((true, true), (live.Live, ready.Ready));
        Assert.Equal(["cdam_explain", "model_repository", "model_configuration"], metadata.Extensions);
        Assert.Equal(["a READY", "b READY"], index.Models.Select(model => $"{model.Name} {model.State}"));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task Server_WhoseModelsAreNotAllThere_IsNotReadyAndSaysWhich()
    {
        await _client.ServerReadyAsync(new ServerReadyRequest(), cancellationToken: Patience);
        _class.Health.Refuse("models/a");
        await _concept.KillAsync();

        var ready = await _client.ServerReadyAsync(new ServerReadyRequest(), cancellationToken: Patience);
        var index = await _client.RepositoryIndexAsync(new RepositoryIndexRequest(), cancellationToken: Patience);
        var readyOnes = await _client.RepositoryIndexAsync(new RepositoryIndexRequest { Ready = true }, cancellationToken: Patience);

        Assert.False(ready.Ready);
        Assert.Equal(["a LOADING ", "b UNAVAILABLE no destination of concept answers"], index.Models.Select(model => $"{model.Name} {model.State} {model.Reason}"));
        Assert.Empty(readyOnes.Models);
    }
}
