using System.Collections.Concurrent;
using Cdam.Attribution.Explanations;
using Cdam.Explainer.Explaining;
using Cdam.Explainer.Hosting;
using Cdam.Explainer.Models;
using Cdam.Explainer.Wire;
using Cdam.V1;

namespace Cdam.Explainer.Streams;

/// <summary>One ExplainStream call.</summary>
internal sealed class ExplainSession(
    DuplexCall<ExplainStreamRequest, ExplainStreamResponse> call,
    ModelRegistry registry,
    ExplainPlanReader plans,
    ImageExplainer explainer,
    FaultReporter faults)
{
    private const string Prefix = "request.";
    private readonly ConcurrentDictionary<string, bool> _outstanding = new();
    private string? _firstModel;

    public async Task RunAsync(int maxInFlight)
    {
        await call.AnswerAsync(new ExplainStreamResponse { Started = new StreamStarted { MaxInFlight = maxInFlight } });
        await call.RunAsync(TakeAsync);
    }

    private async Task TakeAsync(ExplainStreamRequest message)
    {
        ExplainPlan plan;
        try
        {
            RequireId(message.Id);
            plan = await ReadAsync(message);
        }
        catch (Exception exception)
        {
            await FailAsync(message.Id, exception);
            return;
        }

        _outstanding[message.Id] = true;
        await call.StartAsync(() => ExplainAsync(message.Id, plan));
    }

    private void RequireId(string id)
    {
        if (id.Length == 0)
        {
            throw new AttributionException("id", "is empty; answers need an id to carry");
        }

        TextRules.RequireLength(id, TextRules.LongestId, "id");
        if (_outstanding.ContainsKey(id))
        {
            throw new AttributionException("id", $"is \"{id}\", whose answer is outstanding; that request goes on, this one needs another id");
        }
    }

    private async Task<ExplainPlan> ReadAsync(ExplainStreamRequest message)
    {
        if (message.Request is not { } request)
        {
            throw new AttributionException("request", "is absent; must be given");
        }

        _firstModel ??= request.Model;
        var model = registry.Serve(request.Model.Length > 0 ? request.Model : _firstModel, Prefix + "model");
        try
        {
            var tensors = new TensorWishes(message.IncludeTokens, message.IncludeTokenGradients, message.IncludeAttention);
            return await plans.ReadAsync(request, model, tensors, call.Lifetime);
        }
        catch (AttributionException fault)
        {
            throw new AttributionException(Prefix + fault.Field, fault.Description);
        }
    }

    private async Task ExplainAsync(string id, ExplainPlan plan)
    {
        try
        {
            var explained = await explainer.ExplainItemAsync(plan, call.Lifetime);
            foreach (var answer in ExplainAnswerWriter.Events(explained, id))
            {
                await call.AnswerAsync(answer);
            }

            // Before the last answer: whoever has read it may use the id again.
            _outstanding.TryRemove(id, out _);
            await call.AnswerAsync(new ExplainStreamResponse { Id = id, Result = ExplainAnswerWriter.Result(explained) });
        }
        catch (Exception exception)
        {
            _outstanding.TryRemove(id, out _);
            await FailAsync(id, exception, Prefix);
        }
    }

    private ValueTask FailAsync(string id, Exception exception, string prefix = "") =>
        call.AnswerAsync(new ExplainStreamResponse { Id = TextRules.Shorten(id), Error = faults.Describe(exception, prefix) });
}
