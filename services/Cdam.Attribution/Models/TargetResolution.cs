using Cdam.Attribution.Explanations;
using Cdam.Attribution.Heads;
using static TorchSharp.torch;

namespace Cdam.Attribution.Models;

/// <summary>
/// What an item's targets mean once the logits are known. Maps are made for outputs first, then concepts (one gradient each);
/// answers are in the request's order.
/// </summary>
internal sealed class TargetResolution
{
    private readonly List<ConceptTarget> _concepts = [];
    private readonly List<int> _outputs = [];
    private readonly List<int> _order = [];      // request's order → position among outputs, or −1 − position among concepts

    private TargetResolution(List<ResolvedTarget> all) => All = all;

    /// <summary>In the request's order.</summary>
    public IReadOnlyList<ResolvedTarget> All { get; }

    /// <summary>The same targets for all views, so that their maps belong together; values are means over them.</summary>
    public static TargetResolution Resolve(IReadOnlyList<Target> targets, OutputNames names, IReadOnlyList<Prediction> views)
    {
        var prediction = Prediction.Mean(views);
        var all = new List<ResolvedTarget>();
        var resolution = new TargetResolution(all);
        for (var index = 0; index < targets.Count; index++)
        {
            if (targets[index] is ConceptTarget concept)
            {
                resolution._order.Add(-1 - resolution._concepts.Count);
                resolution._concepts.Add(concept);
                var value = (float)views.Average(view => concept.Value(view.Latent));
                all.Add(new ResolvedTarget(index, null, concept.Name, value) { ConceptId = concept.Id });
                continue;
            }

            foreach (var output in Outputs(targets[index], prediction.Logits))
            {
                resolution._order.Add(resolution._outputs.Count);
                resolution._outputs.Add(output);
                all.Add(new ResolvedTarget(index, output, names[output][0], prediction.Logits[output]));
            }
        }

        return resolution;
    }

    /// <summary>The value of each resolved target for one view, in the request's order.</summary>
    public IReadOnlyList<float> Values(Prediction view) =>
        Unsort([.. _outputs.Select(output => view.Logits[output]), .. _concepts.Select(concept => (float)concept.Value(view.Latent))]);

    /// <summary>The functions to explain: outputs, then concepts.</summary>
    public TargetFunctions Functions(IHead? head, Device device) => new(head, _outputs, _concepts, device);

    /// <summary>Brings what was made for <see cref="Functions"/> into the request's order.</summary>
    public T[] Unsort<T>(IReadOnlyList<T> made) =>
        [.. _order.Select(position => made[position >= 0 ? position : _outputs.Count - 1 - position])];

    private static IEnumerable<int> Outputs(Target target, float[] logits) => target switch
    {
        OutputTarget output => [output.Index],
        TopTarget top => Enumerable.Range(0, logits.Length).OrderByDescending(index => logits[index]).Take(top.Count),
        _ => Enumerable.Range(0, logits.Length),
    };
}
