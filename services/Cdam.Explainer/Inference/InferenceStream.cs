using Cdam.Explainer.Hosting;
using Cdam.Explainer.Streams;
using Cdam.Explainer.Wire;
using Inference;

namespace Cdam.Explainer.Inference;

/// <summary>One ModelStreamInfer call: requests side by side, answers in their order, since clients need not give ids.</summary>
internal sealed class InferenceStream(DuplexCall<ModelInferRequest, ModelStreamInferResponse> call, InferenceRunner runner, FaultReporter faults)
{
    private Task _before = Task.CompletedTask;

    public Task RunAsync() => call.RunAsync(TakeAsync);

    private async Task TakeAsync(ModelInferRequest request)
    {
        var (before, answered) = (_before, new TaskCompletionSource());
        _before = answered.Task;
        await call.StartAsync(async () =>
        {
            try
            {
                var response = await AnswerAsync(request);
                await before;
                await call.AnswerAsync(response);
            }
            finally
            {
                answered.SetResult();    // Whatever happened: those behind must not wait for ever.
            }
        });
    }

    private async Task<ModelStreamInferResponse> AnswerAsync(ModelInferRequest request)
    {
        try
        {
            return new ModelStreamInferResponse { InferResponse = await runner.AnswerAsync(request, call.Lifetime, waits: true) };
        }
        catch (Exception exception)
        {
            return new ModelStreamInferResponse
            {
                ErrorMessage = faults.Describe(exception).Message,
                InferResponse = new ModelInferResponse { ModelName = request.ModelName, Id = TextRules.Shorten(request.Id) },
            };
        }
    }
}
