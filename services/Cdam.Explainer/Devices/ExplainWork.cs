using Cdam.Attribution.Explanations;
using Cdam.Explainer.Models;

namespace Cdam.Explainer.Devices;

/// <summary>Maps and tensors of one image, all its views; batches share the forward pass.</summary>
internal sealed class ExplainWork(ServedModel model, ExplainItem item, QueuePlace place, CallLifetime call)
    : DeviceWork<Explanation>(BatchKey.Explain(model, item.Views[0]), place, call)
{
    public override int Inputs => Item.Views.Count;

    private ExplainItem Item { get; } = item;

    public override IReadOnlyList<object?> Run(IReadOnlyList<DeviceWork> batch, Func<int, bool> abandoned) =>
        model.Engine.Explain([.. batch.Select(work => ((ExplainWork)work).Item)], abandoned);
}
