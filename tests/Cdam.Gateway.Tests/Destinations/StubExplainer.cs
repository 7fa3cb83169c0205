using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Gateway.Tests.Destinations;

/// <summary>Answers each kind of call in the simplest way that shows what passed through the gateway.</summary>
internal sealed class StubExplainer : ExplainerService.ExplainerServiceBase
{
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a call of ListMethods has arrived.</summary>
    public Task Waiting => _waiting.Task;

    /// <summary>Completes when a call of ListMethods was cancelled.</summary>
    public Task Cancelled => _cancelled.Task;

    /// <summary>Returns the metadata that came, as a model's name, and a trailer.</summary>
    public override Task<GetModelResponse> GetModel(GetModelRequest request, ServerCallContext context)
    {
        if (request.Name == "models/none")
        {
            throw WireStatus.NotFound("model", request.Name, "There is no such model – none at all.").ToRpcException();
        }

        context.ResponseTrailers.Add("answered-by", "stub");
        var model = new Model { Name = request.Name, DisplayName = context.RequestHeaders.GetValue("cdam-model") ?? "" };
        return Task.FromResult(new GetModelResponse { Model = model });
    }

    /// <summary>Never answers.</summary>
    public override async Task<ListMethodsResponse> ListMethods(ListMethodsRequest request, ServerCallContext context)
    {
        _waiting.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            _cancelled.TrySetResult();
            throw;
        }

        return new ListMethodsResponse();
    }

    /// <summary>Returns the image as the first map's picture.</summary>
    public override Task<ExplainResponse> Explain(ExplainRequest request, ServerCallContext context) =>
        Task.FromResult(new ExplainResponse { Maps = { new Map { HeatMapPng = request.Image.Encoded } } });

    /// <summary>Answers each message as it comes.</summary>
    public override async Task ExplainStream(
        IAsyncStreamReader<ExplainStreamRequest> requests, IServerStreamWriter<ExplainStreamResponse> responses, ServerCallContext context)
    {
        await responses.WriteAsync(new ExplainStreamResponse { Started = new StreamStarted { MaxInFlight = 1 } });
        await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
        {
            await responses.WriteAsync(new ExplainStreamResponse { Id = request.Id, Result = new ExplainResponse() });
        }
    }
}
