using Cdam.Attribution.Explanations;
using Cdam.Explainer.Models;

namespace Cdam.Explainer.Devices;

/// <summary>Logits and latent of one image; of several views the means.</summary>
internal sealed class PredictWork(ServedModel model, IReadOnlyList<ModelInput> views, QueuePlace place, CallLifetime call)
    : DeviceWork<Prediction>(BatchKey.Predict(model, views[0]), place, call)
{
    public override int Inputs => Views.Count;

    private IReadOnlyList<ModelInput> Views { get; } = views;

    public override IReadOnlyList<object?> Run(IReadOnlyList<DeviceWork> batch, Func<int, bool> abandoned)
    {
        var predictions = model.Engine.Predict([.. batch.SelectMany(work => ((PredictWork)work).Views)]);
        var results = new List<Prediction>(batch.Count);
        for (int i = 0, first = 0; i < batch.Count; first += batch[i].Inputs, i++)
        {
            results.Add(Prediction.Mean([.. predictions.Skip(first).Take(batch[i].Inputs)]));
        }

        return results;
    }
}
