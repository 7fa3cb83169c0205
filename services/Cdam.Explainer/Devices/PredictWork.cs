using Cdam.Attribution.Explanations;
using Cdam.Explainer.Models;

namespace Cdam.Explainer.Devices;

/// <summary>Logits and latent of one input.</summary>
internal sealed class PredictWork(ServedModel model, ModelInput input, QueuePlace place, CallLifetime call)
    : DeviceWork<Prediction>(BatchKey.Predict(model, input), place, call)
{
    private ModelInput Input { get; } = input;

    public override IReadOnlyList<object?> Run(IReadOnlyList<DeviceWork> batch, Func<int, bool> abandoned) =>
        model.Engine.Predict([.. batch.Select(work => ((PredictWork)work).Input)]);
}
