using Cdam.Attribution.Explanations;
using Cdam.Attribution.Heads;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using TorchSharp;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Heads;

/// <summary>Derivatives by hand against automatic differentiation.</summary>
public sealed class TargetFunctionsTests : IDisposable
{
    private const int Samples = 4, Dim = 48;
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<TargetKind> Kinds => [.. Enum.GetValues<TargetKind>()];

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_OfEachKind_EqualAutograd(TargetKind kind)
    {
        var targets = TargetSet.Of(kind, Dim);
        var latent = RandomTensor.Normal(1, Samples, Dim).requires_grad_(true);
        var expected = stack([.. targets.Each.Select(target => autograd.grad([target.Values(latent).sum()], [latent])[0])], 1);
        var actual = targets.All.Gradients(latent.detach());
        TensorAssert.Close(expected, actual.expand(Samples, -1, -1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_OfSeveralTargets_AreThoseOfEach(TargetKind kind)
    {
        var targets = TargetSet.Of(kind, Dim);
        var latent = RandomTensor.Normal(2, Samples, Dim);
        Assert.Equal(targets.Each.Count(), targets.All.Count);
        TensorAssert.Close(cat([.. targets.Each.Select(target => target.Values(latent))], 1), targets.All.Values(latent));
    }

    [Theory]
    [InlineData(TargetKind.Linear)]
    [InlineData(TargetKind.DotProduct)]
    public void Gradients_ThatDoNotDependOnTheLatent_AreGivenOnce(TargetKind kind) =>
        Assert.Equal(1, TargetSet.Of(kind, Dim).All.Gradients(RandomTensor.Normal(3, Samples, Dim)).shape[0]);

    /// <summary>As torch has it: the distance's slope where it has none. Without that a concept made of one image gives no map of it.</summary>
    [Fact]
    public void Gradient_OfTheDistanceAtTheConceptItself_IsZero()
    {
        var concept = TargetSet.Concept(Dim, Similarity.NegativeL2);
        var latent = tensor(concept.Vector, 1, Dim);
        Assert.Equal(0, ConceptFunctions.Gradient(latent, latent[0], Similarity.NegativeL2).abs().max().item<float>());
    }
}
