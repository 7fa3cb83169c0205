using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Models;

namespace Cdam.Cli.Sanity;

/// <summary>Keeps the maps of the unaltered model, and compares those of altered ones with them.</summary>
internal sealed class SanityComparison(ExplainableModel model, IReadOnlyList<MethodDescription> methods, IReadOnlyList<Target> targets)
{
    private readonly List<(ExplainItem Item, Explanation Explanation)> _originals = [];

    /// <summary>For each image so far, its name and what was explained.</summary>
    public List<SanityExplained> Explained { get; } = [];

    /// <summary>Explains an image by the unaltered model. What it explains, by output or concept, is what altered models must explain, too.</summary>
    /// <exception cref="AttributionException">A field breaks a rule.</exception>
    public void Add(SanityImage image)
    {
        var item = new ExplainItem { Views = image.Views, Targets = targets, Methods = [.. methods.Select(method => new MethodRequest(method.Name))] };
        model.Check(item);
        var explanation = model.Explain([item])[0]!;
        var resolved = explanation.Targets.Select(target => target.OutputIndex is { } output ? new OutputTarget(output) : targets[target.TargetIndex]);
        _originals.Add((item with { Targets = [.. resolved] }, explanation));
        Explained.Add(new SanityExplained(image.Name, [.. explanation.Targets.Select(target => target.Name)]));
    }

    /// <summary>Compares another model's maps of all images.</summary>
    /// <param name="altered">Of the same architecture.</param>
    /// <param name="step">Called after each image.</param>
    /// <returns>For each method, in order, the likeness of each image's maps.</returns>
    public IReadOnlyList<(string Method, IReadOnlyList<MapLikeness> Images)> With(ExplainableModel altered, Action step)
    {
        var found = methods.ToDictionary(method => method.Name, _ => new List<MapLikeness>());
        foreach (var (item, original) in _originals)
        {
            var explanation = altered.Explain([item])[0]!;
            var pairs = original.Views.Zip(explanation.Views).SelectMany(views => views.First.Maps.Zip(views.Second.Maps));
            foreach (var method in pairs.GroupBy(pair => pair.First.Method.Name, pair => MapLikeness.Of(pair.First, pair.Second)))
            {
                found[method.Key].Add(MapLikeness.Mean([.. method]));
            }

            step();
        }

        return [.. methods.Select(method => (method.Name, (IReadOnlyList<MapLikeness>)found[method.Name]))];
    }
}
