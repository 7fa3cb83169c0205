using Cdam.Attribution.Explanations;
using Cdam.Attribution.Heads;
using Cdam.Attribution.Tests.Backbones;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.ClosedForm;

/// <summary>Targets, together for the closed form and one by one for automatic differentiation.</summary>
internal sealed class TargetSet(IHead? head, int[] outputs, ConceptTarget[] concepts)
{
    private const int Hidden = 24;

    public TargetFunctions All => new(head, outputs, concepts, CPU);

    public IEnumerable<TargetFunctions> Each =>
        outputs.Select(output => new TargetFunctions(head, [output], [], CPU))
            .Concat(concepts.Select(concept => new TargetFunctions(null, [], [concept], CPU)));

    public static TargetSet Of(TargetKind kind, int dim) => kind switch
    {
        TargetKind.Linear => new(LinearHead(dim, 5), [3, 0], []),
        TargetKind.Mlp => new(MlpHead(dim, 5), [4, 2], []),
        TargetKind.DotProduct => new(null, [], [Concept(dim, Similarity.DotProduct)]),
        TargetKind.Cosine => new(null, [], [Concept(dim, Similarity.Cosine)]),
        TargetKind.NegativeL2 => new(null, [], [Concept(dim, Similarity.NegativeL2)]),
        _ => new(MlpHead(dim, 5), [1, 1, 3], [.. Enum.GetValues<Similarity>().Select(similarity => Concept(dim, similarity))]),
    };

    public static TargetSet Outputs(IHead head) => new(head, [.. Enumerable.Range(0, head.Outputs)], []);

    public static IHead LinearHead(int dim, int outputs) =>
        new LinearHead(RandomTensor.Normal(71, outputs, dim), RandomTensor.Normal(72, outputs));

    public static IHead MlpHead(int dim, int outputs) => new MlpHead(
        RandomTensor.Normal(73, Hidden, dim), RandomTensor.Normal(74, Hidden), RandomTensor.Normal(75, outputs, Hidden), RandomTensor.Normal(76, outputs));

    public static ConceptTarget Concept(int dim, Similarity similarity)
    {
        using var vector = RandomTensor.Normal(77, dim);
        return new ConceptTarget($"{similarity}", vector.data<float>().ToArray(), similarity);
    }
}
