using Cdam.Attribution.Explanations;
using Cdam.Attribution.Heads;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Explanations;

public sealed class ConceptTargetTests
{
    /// <summary>Worked out by hand for l = (3, 4), c = (4, 3): 24; 24 / 25; −√2.</summary>
    [Theory]
    [InlineData(Similarity.DotProduct, 24)]
    [InlineData(Similarity.Cosine, 0.96)]
    [InlineData(Similarity.NegativeL2, -1.4142135623730951)]
    public void Value_OfASmallExample_IsTheHandWorkedOne(Similarity similarity, double expected) =>
        Assert.Equal(expected, new ConceptTarget("c", [4, 3], similarity).Value([3, 4]), 1e-15);

    [Theory]
    [InlineData(Similarity.DotProduct)]
    [InlineData(Similarity.Cosine)]
    [InlineData(Similarity.NegativeL2)]
    public void Value_OfAnyLatent_IsTheValueThatIsExplained(Similarity similarity)
    {
        using var scope = NewDisposeScope();
        var concept = TargetSet.Concept(48, similarity);
        var latent = RandomTensor.Normal(5, 1, 48);
        var explained = ConceptFunctions.Value(latent, tensor(concept.Vector), similarity).item<float>();

        // 48 products in float32 against double precision.
        Assert.Equal(concept.Value(latent.data<float>().ToArray()), explained, 1e-5);
    }
}
