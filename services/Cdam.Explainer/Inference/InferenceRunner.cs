using Cdam.Attribution.Explanations;
using Cdam.Explainer.Configuration;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Explaining;
using Cdam.Explainer.Models;
using Inference;

namespace Cdam.Explainer.Inference;

/// <summary>Answers one request of the Open Inference Protocol: its images side by side through the queue that all requests use.</summary>
internal sealed class InferenceRunner(ModelRegistry registry, InferencePlanReader plans, ImageExplainer explainer, ExplainerOptions options)
{
    private const string Collection = "models/";

    /// <summary>A model's resource name, of that or of its id.</summary>
    public static string ResourceName(string name) =>
        name.Length == 0 || name.StartsWith(Collection, StringComparison.Ordinal) ? name : Collection + name;

    /// <param name="request">As sent.</param>
    /// <param name="call">How long its answer is wanted.</param>
    /// <param name="waits">Whether its images wait for places in the queue, as those of streams do, or are refused.</param>
    public async Task<ModelInferResponse> AnswerAsync(ModelInferRequest request, CallLifetime call, bool waits)
    {
        var plan = await plans.ReadAsync(request, registry.Serve(ResourceName(request.ModelName), "model_name"), call);
        using var batch = CancellationTokenSource.CreateLinkedTokenSource(call.Token);
        var lifetime = call with { Token = batch.Token };
        var images = plan.Images.Select((image, index) => ExplainAsync(image, index, lifetime, waits)).ToList();
        try
        {
            // The first fault is the answer; the others need not be waited for, but for their tensors to be gone.
            await foreach (var image in Task.WhenEach(images))
            {
                await image;
            }
        }
        catch
        {
            await batch.CancelAsync();
            await Task.WhenAll(images).ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }

        var response = InferenceAnswer.Write(plan, [.. images.Select(image => image.Result)]);
        var size = response.CalculateSize();
        return size <= options.MaxMessageBytes
            ? response
            : throw new AnswerTooLargeException(size, options.MaxMessageBytes, $"{ExplainerOptions.Section}:{nameof(options.MaxMessageBytes)}");
    }

    private async Task<Explained> ExplainAsync(ExplainPlan image, int index, CallLifetime lifetime, bool waits)
    {
        try
        {
            return await (waits ? explainer.ExplainItemAsync(image, lifetime) : explainer.ExplainAsync(image, lifetime));
        }
        catch (AttributionException fault)
        {
            throw InferencePlanReader.Relocated(fault, index);
        }
    }
}
