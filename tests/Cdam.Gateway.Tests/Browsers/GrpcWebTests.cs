using System.Net;
using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Browsers;

/// <summary>gRPC-Web in both of its encodings, over HTTP/1.1, before two pools.</summary>
public sealed class GrpcWebTests : IAsyncLifetime
{
    private Destination _class = null!;
    private Destination _concept = null!;
    private GatewayFixture _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _class = await Destination.StartAsync("in class", "models/a");
        _concept = await Destination.StartAsync("in concept", "models/b");
        _gateway = await StartPoolsAsync(
            [("class", _class), ("concept", _concept)],
            $"--ReverseProxy:Clusters:evaluators:Destinations:one:Address={_class.Address}", "--Gateway:MaxMessageBytes=1000000");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _class.DisposeAsync();
        await _concept.DisposeAsync();
    }

    [Theory]
    [InlineData(GrpcWebMode.GrpcWeb)]
    [InlineData(GrpcWebMode.GrpcWebText)]
    public async Task Unary_GoesWhereItsMessageSaysAndComesBackWhole(GrpcWebMode mode)
    {
        using var channel = Channel(mode);
        var image = new byte[700_001];
        new Random(3).NextBytes(image);

        var client = new ExplainerService.ExplainerServiceClient(channel);
        var answer = await client.ExplainAsync(
            new ExplainRequest { Model = "models/b", Image = new Image { Encoded = ByteString.CopyFrom(image) } }, cancellationToken: Patience);
        using var named = client.GetModelAsync(new GetModelRequest { Name = "models/a" }, cancellationToken: Patience);
        await named;
        var models = await client.ListModelsAsync(new ListModelsRequest(), cancellationToken: Patience);

        Assert.Equal("in concept", answer.RequestId);
        Assert.True(answer.Maps[0].HeatMapPng.Span.SequenceEqual(image));
        Assert.Equal("in class", named.GetTrailers().GetValue("answered-by"));
        Assert.Equal(["models/a", "models/b"], models.Models.Select(model => model.Name));
    }

    [Theory]
    [InlineData(GrpcWebMode.GrpcWeb)]
    [InlineData(GrpcWebMode.GrpcWebText)]
    public async Task ServerStream_ComesAsItHappensAndToItsEnd(GrpcWebMode mode)
    {
        using var channel = Channel(mode);
        var client = new EvaluatorService.EvaluatorServiceClient(channel);
        using var whole = client.EvaluateImage(new EvaluateImageRequest { Model = "models/a" }, cancellationToken: Patience);
        var percents = await whole.ResponseStream.ReadAllAsync(Patience).Select(response => response.Point.Percent).ToListAsync(Patience);
        using (var endless = client.AttachBenchmark(new AttachBenchmarkRequest { Name = $"benchmarks/{StubEvaluator.Endless}" }, cancellationToken: Patience))
        {
            Assert.True(await endless.ResponseStream.MoveNext(Patience));
        }

        Assert.Equal([0, 50, 100], percents);
        await _class.Evaluator.Cancelled.WaitAsync(Patience);
    }

    [Theory]
    [InlineData(GrpcWebMode.GrpcWeb)]
    [InlineData(GrpcWebMode.GrpcWebText)]
    public async Task Faults_OfEveryOrigin_AreStatusesWithDetails(GrpcWebMode mode)
    {
        using var channel = Channel(mode);
        var client = new ExplainerService.ExplainerServiceClient(channel);
        var evaluator = new EvaluatorService.EvaluatorServiceClient(channel);

        var unknown = await FailAsync(() => client.ExplainAsync(new ExplainRequest { Model = "models/c" }, cancellationToken: Patience));
        var large = await FailAsync(() => client.ExplainAsync(
            new ExplainRequest { Model = "models/a", Image = new Image { Encoded = ByteString.CopyFrom(new byte[1_000_001]) } }, cancellationToken: Patience));
        var late = await FailAsync(() => client.ExplainAsync(
            new ExplainRequest { Model = "models/a", RequestId = StubExplainer.Silent }, deadline: DateTime.UtcNow.AddSeconds(0.3)));
        using var failing = evaluator.EvaluateImage(new EvaluateImageRequest { Model = $"models/{StubEvaluator.Failing}" }, cancellationToken: Patience);
        Assert.True(await failing.ResponseStream.MoveNext(Patience));
        var midway = await Assert.ThrowsAsync<RpcException>(() => failing.ResponseStream.MoveNext(Patience));
        using var endless = evaluator.AttachBenchmark(new AttachBenchmarkRequest { Name = $"benchmarks/{StubEvaluator.Endless}" }, cancellationToken: Patience);
        Assert.True(await endless.ResponseStream.MoveNext(Patience));
        await _class.KillAsync();
        var lost = await Assert.ThrowsAsync<RpcException>(() => endless.ResponseStream.MoveNext(Patience));

        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        Assert.Equal(
            [(StatusCode.NotFound, "MODEL_NOT_FOUND"), (StatusCode.ResourceExhausted, "TOO_LARGE"), (StatusCode.FailedPrecondition, "FAILING"), (StatusCode.Unavailable, "DESTINATION_LOST")],
            new[] { unknown, large, midway, lost }.Select(fault => (fault.StatusCode, fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason)));
    }

    private static Task<RpcException> FailAsync(Func<AsyncUnaryCall<ExplainResponse>> call) => Assert.ThrowsAsync<RpcException>(async () => await call());

    private GrpcChannel Channel(GrpcWebMode mode) =>
        GrpcChannel.ForAddress(_gateway.Http, new GrpcChannelOptions
        {
            HttpHandler = new GrpcWebHandler(mode, new HttpClientHandler()),
            HttpVersion = HttpVersion.Version11,
        });
}
