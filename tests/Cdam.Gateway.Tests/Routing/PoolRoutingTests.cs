using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Routing;

/// <summary>Two pools, <c>class</c> with models/a and <c>concept</c> with models/b.</summary>
public sealed class PoolRoutingTests : IAsyncLifetime
{
    private Destination _class = null!;
    private Destination _concept = null!;
    private GatewayFixture _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _class = await Destination.StartAsync("in class", "models/a");
        _concept = await Destination.StartAsync("in concept", "models/b");
        _gateway = await StartPoolsAsync(
            [("class", _class), ("concept", _concept)], "--Gateway:FirstMessageTimeout=00:00:00.3", "--Gateway:MaxMessageBytes=1000000");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _class.DisposeAsync();
        await _concept.DisposeAsync();
    }

    [Theory]
    [InlineData("models/a", "in class")]
    [InlineData("models/b", "in concept")]
    public async Task Call_OfEachKind_GoesWhereItsFirstMessageSays(string model, string expected)
    {
        var unary = await _gateway.Client.ExplainAsync(new ExplainRequest { Model = model }, cancellationToken: Patience);
        using var named = _gateway.Client.GetModelAsync(new GetModelRequest { Name = model }, cancellationToken: Patience);
        await named;
        using var stream = _gateway.Client.ExplainStream(cancellationToken: Patience);
        await stream.RequestStream.WriteAsync(new ExplainStreamRequest { Id = "1", Request = new ExplainRequest { Model = model } });
        Assert.True(await stream.ResponseStream.MoveNext());
        Assert.True(await stream.ResponseStream.MoveNext());
        using var predict = _gateway.Client.Predict(cancellationToken: Patience);
        await predict.RequestStream.WriteAsync(new PredictRequest { Setup = new PredictSetup { Model = model } });
        Assert.True(await predict.ResponseStream.MoveNext());

        Assert.Equal(expected, unary.RequestId);
        Assert.Equal(expected, named.GetTrailers().GetValue("answered-by"));
        Assert.Equal(("1", expected), (stream.ResponseStream.Current.Id, stream.ResponseStream.Current.Result.RequestId));
        Assert.Equal(expected, (await predict.ResponseHeadersAsync).GetValue("answered-by"));
    }

    [Fact]
    public async Task Call_CompressedByTheClient_GoesWhereItsMessageSaysAndArrivesWhole()
    {
        var image = ByteString.CopyFrom(new byte[100_000]);
        var answer = await _gateway.Client.ExplainAsync(
            new ExplainRequest { Model = "models/b", Image = new Image { Encoded = image } },
            new Metadata { { "grpc-internal-encoding-request", "gzip" } }, cancellationToken: Patience);

        Assert.Equal("in concept", answer.RequestId);
        Assert.Equal(image, answer.Maps[0].HeatMapPng);
    }

    [Theory]
    [InlineData("models/b")]
    [InlineData("b")]
    public async Task Stream_WithHeader_IsAnsweredBeforeItsFirstMessage(string header)
    {
        using var call = _gateway.Client.ExplainStream(new Metadata { { "cdam-model", header } }, cancellationToken: Patience);

        Assert.True(await call.ResponseStream.MoveNext());
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal("in concept", call.GetTrailers().GetValue("answered-by"));
    }

    [Fact]
    public async Task Stream_WhoseClientAwaitsHeadersBeforeItSends_GetsThem()
    {
        using var call = _gateway.Client.Predict(new Metadata { { "cdam-model", "models/a" } }, cancellationToken: Patience);

        Assert.Equal("in class", (await call.ResponseHeadersAsync.WaitAsync(Patience)).GetValue("answered-by"));
    }

    [Fact]
    public async Task Stream_WithoutHeaderWhoseClientWaits_IsRefusedInsteadOfHanging()
    {
        using var call = _gateway.Client.ExplainStream(cancellationToken: Patience);

        var fault = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        AssertViolation(fault, "request.model", "NO_MESSAGE");
        Assert.Contains("cdam-model", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_EndedBeforeItsFirstMessage_IsRefused()
    {
        using var call = _gateway.Client.Embed(cancellationToken: Patience);
        await call.RequestStream.CompleteAsync();

        AssertViolation(await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext()), "model", "NO_MESSAGE");
    }

    [Fact]
    public async Task Call_WithoutModel_IsRefusedWithTheChoice()
    {
        var fault = await FailAsync(new ExplainRequest { RequestId = "x" });

        AssertViolation(fault, "model", "INVALID_FIELD");
        Assert.Contains("class, concept", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_OfAnUnknownModel_IsNotFoundWithTheNameAndThePools()
    {
        var fault = await FailAsync(new ExplainRequest { Model = "models/c" });

        Assert.Equal(StatusCode.NotFound, fault.StatusCode);
        Assert.Equal("models/c", fault.GetRpcStatus()?.GetDetail<ResourceInfo>()?.ResourceName);
        Assert.Contains("models/c is in none of the pools class, concept", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(300_000)]
    public async Task Call_WhoseHeaderAndMessageDisagree_IsRefusedAndNotSent(int imageBytes)
    {
        var request = new ExplainRequest { Model = "models/a", Image = new Image { Encoded = ByteString.CopyFrom(new byte[imageBytes]) } };

        var fault = await FailAsync(request, new Metadata { { "cdam-model", "models/b" } });

        AssertViolation(fault, "model", "MODEL_MISMATCH");
        Assert.Equal((0, 0), (_class.Explainer.Calls, _concept.Explainer.Calls));
    }

    [Fact]
    public async Task Stream_WhoseHeaderAndMessageDisagree_EndsWithDetailsThoughItHasBegun()
    {
        using var call = _gateway.Client.ExplainStream(new Metadata { { "cdam-model", "models/b" } }, cancellationToken: Patience);
        Assert.True(await call.ResponseStream.MoveNext());
        await call.RequestStream.WriteAsync(new ExplainStreamRequest { Request = new ExplainRequest { Model = "models/a" } });

        AssertViolation(await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext()), "request.model", "MODEL_MISMATCH");
        await _concept.Explainer.Cancelled.WaitAsync(Patience);
    }

    [Fact]
    public async Task Call_WithTwoModelsInItsHeaders_IsRefused()
    {
        var fault = await FailAsync(new ExplainRequest { Model = "models/a" }, new Metadata { { "cdam-model", "a" }, { "cdam-model", "b" } });

        AssertViolation(fault, "cdam-model", "INVALID_FIELD");
    }

    [Fact]
    public async Task Call_WithTheModelInItsPath_GoesThere()
    {
        var method = new Method<ExplainRequest, ExplainResponse>(
            MethodType.Unary, "models/b/cdam.v1.ExplainerService", "Explain",
            Marshallers.Create(MessageExtensions.ToByteArray, ExplainRequest.Parser.ParseFrom),
            Marshallers.Create(MessageExtensions.ToByteArray, ExplainResponse.Parser.ParseFrom));
        var calls = _gateway.Channel.CreateCallInvoker();

        var answer = await calls.AsyncUnaryCall(method, null, new CallOptions(cancellationToken: Patience), new ExplainRequest { Model = "models/b" });
        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await calls.AsyncUnaryCall(method, null, new CallOptions(cancellationToken: Patience), new ExplainRequest { Model = "models/a" }));

        Assert.Equal("in concept", answer.RequestId);
        AssertViolation(fault, "model", "MODEL_MISMATCH");
    }

    [Fact]
    public async Task Message_AboveTheLimit_IsResourceExhaustedWithSizeAndLimit()
    {
        using var call = _gateway.Client.ExplainStream(cancellationToken: Patience);
        await call.RequestStream.WriteAsync(new ExplainStreamRequest { Request = new ExplainRequest { Model = "models/a" } });

        // The call may be over before the whole message was written.
        await Record.ExceptionAsync(() => call.RequestStream.WriteAsync(new ExplainStreamRequest { Id = new string('x', 1_000_000) }));

        var fault = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.ReadAllAsync().CountAsync());

        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
        Assert.Equal("Gateway:MaxMessageBytes", fault.GetRpcStatus()?.GetDetail<QuotaFailure>()?.Violations[0].Subject);
        Assert.Contains("1000004 bytes", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_ThatCancelsWhileItsFirstMessageIsAwaited_IsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        using var call = _gateway.Client.ExplainStream(cancellationToken: cancellation.Token);
        var answer = call.ResponseStream.MoveNext();
        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => answer)).StatusCode);
    }

    private static void AssertViolation(RpcException fault, string field, string reason)
    {
        Assert.True(StatusCode.InvalidArgument == fault.StatusCode, fault.ToString());
        var violation = Assert.Single(fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations);
        Assert.Equal((field, reason), (violation.Field, violation.Reason));
    }

    private Task<RpcException> FailAsync(ExplainRequest request, Metadata? headers = null) => Assert.ThrowsAsync<RpcException>(async () =>
        await _gateway.Client.ExplainAsync(request, headers, cancellationToken: Patience));
}
