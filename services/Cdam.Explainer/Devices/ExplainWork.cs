using System.Diagnostics;
using Cdam.Attribution.Explanations;
using Cdam.Explainer.Models;

namespace Cdam.Explainer.Devices;

/// <summary>Maps and tensors of one image, all its views; batches share the forward pass.</summary>
internal sealed class ExplainWork(ServedModel model, ExplainItem item, QueuePlace place, CallLifetime call)
    : DeviceWork<Explanation>(BatchKey.Explain(model, item.Views[0]), place, call)
{
    public override int Inputs => Item.Views.Count;

    public override ActivityContext Caller { get; } = Activity.Current?.Context ?? default;

    public override IEnumerable<KeyValuePair<string, object?>> Tags =>
    [
        new("cdam.model", model.Name),
        new("cdam.methods", string.Join(",", Item.Methods.Select(method => method.Name))),
    ];

    private ExplainItem Item { get; } = item;

    public override IReadOnlyList<object?> Run(IReadOnlyList<DeviceWork> batch, Func<int, bool> abandoned) =>
        model.Engine.Explain([.. batch.Select(work => ((ExplainWork)work).Item)], abandoned);
}
