using Cdam.Attribution.Backbones;

namespace Cdam.Training.Networks;

/// <summary>
/// A backbone's tensors in the order in which the published networks list their parameters, by which "the last N" are counted when part
/// of a network is trained.
/// </summary>
internal static class ParameterOrder
{
    /// <returns>The names of <see cref="BackboneState.Describe"/>, first layers first.</returns>
    public static IReadOnlyList<string> Of(BackboneConfig config)
    {
        var names = new StateNames(config.Naming);
        var order = BackboneState.Describe(config).Select(entry => entry.Name).ToList();
        for (var block = 0; block < config.Depth && config.LayerScale; block++)
        {
            // DINOv2 lists the attention branch's LayerScale right behind that branch.
            var of = names.Block(block);
            order.Remove(of.Scale1);
            order.Insert(order.IndexOf(of.ProjectionBias) + 1, of.Scale1);
        }

        return order;
    }
}
