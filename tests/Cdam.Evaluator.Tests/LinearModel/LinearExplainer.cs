using System.Collections.Concurrent;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Evaluator.Tests.LinearModel;

/// <summary>An explainer of <see cref="LinearPicture"/>; the model's name chooses how it misbehaves.</summary>
internal sealed class LinearExplainer : ExplainerService.ExplainerServiceBase
{
    private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the models are made of.</summary>
    public string Checkpoint { get; set; } = "a1";

    /// <summary>Concepts by their ids. What a concept's vector has the largest value at is the output that it stands for.</summary>
    public ConcurrentDictionary<string, Concept> Concepts { get; } =
        new() { ["striped"] = new Concept { DisplayName = "Stripes", Vector = { 1, 0 } } };

    /// <summary>The targets of all ExplainStream calls.</summary>
    public ConcurrentQueue<Target?> Targets { get; } = new();

    /// <summary>The cdam-model header of each call.</summary>
    public ConcurrentQueue<string?> ModelHeaders { get; } = new();

    /// <summary>The messages of all Predict calls.</summary>
    public ConcurrentQueue<PredictRequest> PredictMessages { get; } = new();

    /// <summary>Predict calls of the model <c>gated</c> each take one before they answer.</summary>
    public SemaphoreSlim Gate { get; } = new(0);

    /// <summary>Completes when a Predict call of the model <c>stuck</c> has begun.</summary>
    public Task Stuck => _stuck.Task;

    /// <summary>Completes when a call of the model <c>stuck</c> was cancelled.</summary>
    public Task Cancelled => _cancelled.Task;

    public override Task<GetModelResponse> GetModel(GetModelRequest request, ServerCallContext context) => request.Name == "models/unknown"
        ? throw WireStatus.NotFound("model", request.Name, "There is no model 'unknown'.").ToRpcException()
        : Task.FromResult(new GetModelResponse
        {
            Model = new Model
            {
                Name = request.Name,
                CheckpointSha256 = { Checkpoint },
                InputWidth = request.Name == "models/sized" ? LinearPicture.Width : 0,
                InputHeight = request.Name == "models/sized" ? LinearPicture.Height : 0,
                Outputs = { Enumerable.Range(0, LinearPicture.Outputs).Select(i => new ModelOutput { Index = i, Names = { $"output {i}" } }) },
            },
        });

    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListModelsResponse { Models = { new Model { Name = "models/linear" } } });

    public override Task<ListMethodsResponse> ListMethods(ListMethodsRequest request, ServerCallContext context)
    {
        string[] names = ["cdam", "attention", "negated", "input_x_gradient"];
        var methods = names.Select(name => new Method { Name = name, Aliases = { name.ToUpperInvariant() } });
        var noisy = LinearNoise.Methods.Select(name => new Method { Name = name, Parameters = { new MethodParameter { Name = "noise_level" } } });
        return Task.FromResult(new ListMethodsResponse { Methods = { methods, noisy } });
    }

    public override async Task ExplainStream(
        IAsyncStreamReader<ExplainStreamRequest> requests, IServerStreamWriter<ExplainStreamResponse> responses, ServerCallContext context)
    {
        ModelHeaders.Enqueue(context.RequestHeaders.GetValue("cdam-model"));
        await responses.WriteAsync(new ExplainStreamResponse { Started = new StreamStarted { MaxInFlight = 1 } });
        await foreach (var request in requests.ReadAllAsync())
        {
            if (request.Request.Model == "models/unknown")
            {
                throw WireStatus.NotFound("model", request.Request.Model, "There is no model 'unknown'.").ToRpcException();
            }

            Targets.Enqueue(request.Request.Targets.FirstOrDefault());
            foreach (var answer in LinearAnswers.To(request))
            {
                await responses.WriteAsync(answer);
            }
        }
    }

    public override async Task Predict(
        IAsyncStreamReader<PredictRequest> requests, IServerStreamWriter<PredictResponse> responses, ServerCallContext context)
    {
        ModelHeaders.Enqueue(context.RequestHeaders.GetValue("cdam-model"));
        var session = new LinearPredictions(Concepts);
        await foreach (var request in requests.ReadAllAsync())
        {
            PredictMessages.Enqueue(request);
            foreach (var answer in session.Take(request))
            {
                await responses.WriteAsync(answer);
                await MisbehaveAsync(session.Model, answer, context);
            }

            if (session.HasEndedEarly)
            {
                return;
            }
        }
    }

    private async Task MisbehaveAsync(string model, PredictResponse answer, ServerCallContext context)
    {
        if (answer.Ready?.Concepts.Count > 0)
        {
            return; // whoever asks what a concept is predicts nothing
        }

        if (answer.EventCase == PredictResponse.EventOneofCase.Logits && model == "models/dies")
        {
            context.GetHttpContext().Abort();
        }

        if (answer.EventCase == PredictResponse.EventOneofCase.Ready && model == "models/gated")
        {
            await Gate.WaitAsync(context.CancellationToken);
        }

        if (answer.EventCase == PredictResponse.EventOneofCase.Ready && model == "models/stuck")
        {
            _stuck.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                _cancelled.TrySetResult();
                throw;
            }
        }
    }
}
