using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;

namespace Cdam.Attribution.Models;

/// <summary>Which items of a batch share a forward pass.</summary>
internal static class ForwardPasses
{
    /// <summary>Positions of the items that go together: one pass for all, but for those that keep its graph or trace, which are large and go alone.</summary>
    public static IEnumerable<IReadOnlyList<int>> Of(IReadOnlyList<ExplainItem> items) => Enumerable.Range(0, items.Count)
        .GroupBy(position => KeepsGraph(items[position]) || KeepsTrace(items[position]) ? position : -1)
        .Select(group => group.ToList());

    /// <summary>
    /// Whether the pass that predicts also serves the gradient at the pixels, which saves a second one: for a single view of which
    /// all pixel methods want that gradient, alone or as the last of a path's.
    /// </summary>
    public static bool KeepsGraph(ExplainItem item)
    {
        var methods = item.Methods.Select(method => MethodCatalog.Find(method.Name)).Where(method => method.Description.Granularity == MapGranularity.Pixel).ToList();
        return item.Views.Count == 1 && !KeepsTrace(item) && methods.Count > 0 && methods.TrueForAll(method => method is InputXGradientMethod or IntegratedGradientsMethod);
    }

    /// <summary>Whether a method needs what the blocks before the final one computed.</summary>
    public static bool KeepsTrace(ExplainItem item) => item.Methods.Any(method => MethodCatalog.Find(method.Name).NeedsTrace);
}
