using System.Diagnostics;
using Cdam.Explainer.Configuration;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Telemetry;

namespace Cdam.Explainer.Explaining;

/// <summary>The way of a checked request: a place in the queue → decode and prepare → device.</summary>
internal sealed partial class ImageExplainer(
    DeviceThread device, ExplainerOptions options, ExplainerMeter meter, ActivitySource spans, TimeProvider time, ILogger<ImageExplainer> log)
{
    /// <summary>Explains a single call's image; refused at once if the queue is full.</summary>
    public async Task<Explained> ExplainAsync(ExplainPlan plan, CallLifetime call)
    {
        using var place = device.Enter();
        return await ExplainAsync(plan, place, call, asOneMessage: true);
    }

    /// <summary>Explains an image of a stream; waits for a place in the queue.</summary>
    public async Task<Explained> ExplainItemAsync(ExplainPlan plan, CallLifetime call)
    {
        using var place = await device.EnterAsync(call.Token);
        return await ExplainAsync(plan, place, call, asOneMessage: false);
    }

    private async Task<Explained> ExplainAsync(ExplainPlan plan, QueuePlace place, CallLifetime call, bool asOneMessage)
    {
        using var span = spans.StartActivity("explain")?.SetTag("cdam.model", plan.Model.Name).SetTag("cdam.request_id", plan.RequestId);
        try
        {
            return await ExplainAsync(plan, place, call, Prepare(plan, asOneMessage));
        }
        catch (Exception fault)
        {
            span?.SetStatus(ActivityStatusCode.Error, fault.Message);
            throw;
        }
    }

    private (ImageInput Image, TimeSpan Duration) Prepare(ExplainPlan plan, bool asOneMessage)
    {
        using var span = spans.StartActivity("preprocess");
        var started = time.GetTimestamp();
        var image = plan.ReadImage();
        var item = plan.Item(image);
        plan.Model.Engine.Check(item);
        AnswerSize.Require(plan, item.Views, options, asOneMessage);
        var duration = time.GetElapsedTime(started);
        meter.Preprocessed(plan, duration);
        return (image, duration);
    }

    private async Task<Explained> ExplainAsync(ExplainPlan plan, QueuePlace place, CallLifetime call, (ImageInput Image, TimeSpan Duration) prepared)
    {
        var (image, preprocessing) = prepared;
        var result = await device.SubmitAsync(new ExplainWork(plan.Model, plan.Item(image), place, call));
        if (log.IsEnabled(LogLevel.Information))
        {
            var timing = result.Timing;
            LogExplained(plan.Model.Name, string.Join(",", plan.Methods.Select(method => method.Name)), result.Value.Targets.Count,
                timing.Size, timing.Queued.TotalMilliseconds, preprocessing.TotalMilliseconds, timing.Computed.TotalMilliseconds, plan.RequestId);
        }

        var explained = new Explained(plan, image, result.Value, preprocessing, result.Timing);
        meter.Explained(explained);
        return explained;
    }

    [LoggerMessage(EventId = 30, Level = LogLevel.Information,
        Message = "explained {Targets} targets of {Model} by {Methods}: batch {Batch}, queue {QueueMs:f1} ms, preprocessing {PreprocessMs:f1} ms, device {ComputeMs:f1} ms, request {RequestId}")]
    private partial void LogExplained(
        string model, string methods, int targets, int batch, double queueMs, double preprocessMs, double computeMs, string requestId);
}
