using Cdam.Explainer.Devices;
using Cdam.Explainer.Hosting;
using Cdam.Explainer.Models;
using Cdam.Explainer.Wire;
using Cdam.V1;

namespace Cdam.Explainer.Streams;

/// <summary>One Embed call.</summary>
internal sealed class EmbedSession(
    DuplexCall<EmbedRequest, EmbedResponse> call, ModelRegistry registry, ImageReader images, DeviceThread device, FaultReporter faults)
{
    private string? _firstModel;

    public async Task RunAsync(int maxInFlight)
    {
        await call.AnswerAsync(new EmbedResponse { Started = new StreamStarted { MaxInFlight = maxInFlight } });
        await call.RunAsync(TakeAsync);
    }

    private async Task TakeAsync(EmbedRequest request)
    {
        ServedModel model;
        Image image;
        try
        {
            TextRules.RequireLength(request.Id, TextRules.LongestId, "id");
            _firstModel ??= request.Model;
            model = registry.Serve(request.Model.Length > 0 ? request.Model : _firstModel, "model");
            image = ImageReader.Require(request.Image);
        }
        catch (Exception exception)
        {
            await FailAsync(request.Id, exception);
            return;
        }

        await call.StartAsync(() => EmbedAsync(request.Id, model, image));
    }

    private async Task EmbedAsync(string id, ServedModel model, Image image)
    {
        try
        {
            var lifetime = call.Lifetime;
            using var place = await device.EnterAsync(lifetime.Token);
            var views = images.Read(image, model.Engine).Inputs;
            var result = await device.SubmitAsync(new PredictWork(model, views, place, lifetime));
            var embedding = new Embedding { Latent = { result.Value.Latent }, ImageSha256 = ImageHash.Of(image) };
            await call.AnswerAsync(new EmbedResponse { Id = id, Embedding = embedding });
        }
        catch (Exception exception)
        {
            await FailAsync(id, exception);
        }
    }

    private ValueTask FailAsync(string id, Exception exception) =>
        call.AnswerAsync(new EmbedResponse { Id = TextRules.Shorten(id), Error = faults.Describe(exception) });
}
