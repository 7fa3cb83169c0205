using Cdam.V1;
using Cdam.V1.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace Cdam.Gateway.Tests.Destinations;

/// <summary>Answers each kind of call in the simplest way that shows what passed through the gateway.</summary>
internal sealed class StubExplainer : ExplainerService.ExplainerServiceBase
{
    /// <summary>ExplainRequest.request_id of a call that is never answered.</summary>
    public const string Silent = "silent";

    /// <summary>What Explain says is the overlay, where it is asked for.</summary>
    public static readonly byte[] Overlay = [0x89, 0x50, 0x4E, 0x47];

    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;
    private int _messages;

    /// <summary>Tells destinations apart.</summary>
    public string Id { get; set; } = "stub";

    /// <summary>What ListModels says.</summary>
    public IReadOnlyList<string> Models { get; set; } = [];

    /// <summary>What ListMethods says.</summary>
    public IReadOnlyList<string> Methods { get; set; } = [];

    /// <summary>Thrown by Explain and Embed, and by ExplainStream after its first message.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Of the last call of Explain.</summary>
    public Metadata? Headers { get; private set; }

    /// <summary>Calls of Explain and of ExplainStream so far.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>The last request of Explain.</summary>
    public ExplainRequest? Received { get; private set; }

    /// <summary>Messages that Embed has read.</summary>
    public int Messages => Volatile.Read(ref _messages);

    /// <summary>While it is not completed, Embed reads nothing.</summary>
    public TaskCompletionSource Reading { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a silent call has arrived.</summary>
    public Task Waiting => _waiting.Task;

    /// <summary>Completes when a silent call, or a stream, was cancelled.</summary>
    public Task Cancelled => _cancelled.Task;

    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context)
    {
        // The token is the number of models before it.
        var start = request.PageToken.Length == 0 ? 0 : int.Parse(request.PageToken, null);
        var size = request.PageSize == 0 ? 100 : request.PageSize;
        var page = Models.Skip(start).Take(size).Select(name => new Model { Name = name, DisplayName = Id });
        return Task.FromResult(new ListModelsResponse
        {
            Models = { page },
            NextPageToken = start + size < Models.Count ? $"{start + size}" : "",
        });
    }

    public override Task<ListMethodsResponse> ListMethods(ListMethodsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListMethodsResponse { Methods = { Methods.Select(name => new Method { Name = name, DisplayName = Id }) } });

    /// <summary>Returns the metadata that came, as a model's name, and a trailer.</summary>
    public override Task<GetModelResponse> GetModel(GetModelRequest request, ServerCallContext context)
    {
        if (request.Name == "models/none")
        {
            throw WireStatus.NotFound("model", request.Name, "There is no such model – none at all.").ToRpcException();
        }

        context.ResponseTrailers.Add("answered-by", Id);
        var model = new Model { Name = request.Name, DisplayName = context.RequestHeaders.GetValue("cdam-model") ?? "" };
        return Task.FromResult(new GetModelResponse { Model = model });
    }

    /// <summary>Returns the image as the first map's picture, and the stub's name as the request's.</summary>
    public override async Task<ExplainResponse> Explain(ExplainRequest request, ServerCallContext context)
    {
        Headers = context.RequestHeaders;
        Interlocked.Increment(ref _calls);
        Received = request;
        if (request.RequestId == Silent)
        {
            await WaitAsync(context.CancellationToken);
        }

        var map = new Map
        {
            HeatMapPng = request.Image?.Encoded ?? ByteString.Empty,
            OverlayPng = request.MapOptions?.IncludeOverlay == true ? ByteString.CopyFrom(Overlay) : ByteString.Empty,
        };
        return Fault is null ? new ExplainResponse { RequestId = Id, Model = request.Model, Maps = { map } } : throw Fault;
    }

    /// <summary>Answers each message as it comes.</summary>
    public override async Task ExplainStream(
        IAsyncStreamReader<ExplainStreamRequest> requests, IServerStreamWriter<ExplainStreamResponse> responses, ServerCallContext context)
    {
        Interlocked.Increment(ref _calls);
        context.ResponseTrailers.Add("answered-by", Id);
        using var cancelled = context.CancellationToken.Register(() => _cancelled.TrySetResult());
        await responses.WriteAsync(new ExplainStreamResponse { Started = new StreamStarted { MaxInFlight = 1 } });
        if (Fault is not null)
        {
            throw Fault;
        }

        await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
        {
            await responses.WriteAsync(new ExplainStreamResponse { Id = request.Id, Result = new ExplainResponse { RequestId = Id } });
        }
    }

    /// <summary>Sends its headers, and its first message only once it has read the setup.</summary>
    public override async Task Predict(
        IAsyncStreamReader<PredictRequest> requests, IServerStreamWriter<PredictResponse> responses, ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync(new Metadata { { "answered-by", Id } });
        await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
        {
            await responses.WriteAsync(new PredictResponse { Ready = new PredictReady { Model = request.Setup.Model } });
        }
    }

    /// <summary>Reads when it is allowed to.</summary>
    public override async Task Embed(
        IAsyncStreamReader<EmbedRequest> requests, IServerStreamWriter<EmbedResponse> responses, ServerCallContext context)
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        await responses.WriteAsync(new EmbedResponse { Started = new StreamStarted { MaxInFlight = 1 } });
        await Reading.Task.WaitAsync(context.CancellationToken);
        await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
        {
            Interlocked.Increment(ref _messages);
            await responses.WriteAsync(new EmbedResponse { Id = request.Id, Embedding = new Embedding { ImageSha256 = Id } });
        }
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        _waiting.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            _cancelled.TrySetResult();
            throw;
        }
    }
}
