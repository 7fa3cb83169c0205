using Cdam.Attribution.Backbones;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Methods;

public sealed class SmoothCdamMethodTests
{
    private const int Samples = 6;

    public static TheoryData<BackboneNaming, TargetKind, TokenSpace> Cases =>
        new MatrixTheoryData<BackboneNaming, TargetKind, TokenSpace>(
            [BackboneNaming.DinoV2, BackboneNaming.Torchvision], [TargetKind.Linear, TargetKind.Mixed], Enum.GetValues<TokenSpace>());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Explain_WithGivenNoise_IsTheMeanOverSamplesByAutograd(BackboneNaming naming, TargetKind kind, TokenSpace space)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), images: 2);
        var targets = TargetSet.Of(kind, network.Block.Dim);
        var noise = RandomTensor.Normal(5, Samples, network.Grid.Tokens, network.Block.Dim) * 0.2;
        var x = network.BlockInput.narrow(0, 1, 1).expand(Samples, -1, -1);
        x = space == TokenSpace.BlockInput ? x + noise : x;
        var tokens = space == TokenSpace.BlockInput ? network.Block.Norm1(x) : network.AttentionInput.narrow(0, 1, 1) + noise;
        var expected = network.PlainScores(targets, x, tokens).mean([0]).narrow(-1, network.Grid.Prefix, network.Grid.Patches);

        var parameters = MethodCatalog.Complete(new MethodRequest("smooth-cdam") { Space = space, Noise = noise.data<float>().ToArray() });
        var map = new SmoothCdamMethod().Explain(network.Image(1, targets.All), parameters, heads: false);
        TensorAssert.Close(expected, map.Scores);
    }

    [Theory]
    [InlineData(TokenSpace.BlockInput)]
    [InlineData(TokenSpace.AttentionInput)]
    public void Explain_WithLittleNoise_IsNearlyCdam(TokenSpace space)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var image = network.Image(0, TargetSet.Of(TargetKind.Linear, network.Block.Dim).All);
        var plain = new CdamMethod().Explain(image, new MethodRequest("cdam"), heads: false).Scores;
        var little = Explain(image, new MethodRequest("smooth-cdam") { Space = space, NoiseLevel = 1e-4f });

        // Noise of 1e-4 of the range, some 6 deviations, moves smooth scores by a small multiple of it.
        TensorAssert.Close(plain, little, tolerance: 1e-2);
    }

    [Theory]
    [InlineData(TokenSpace.BlockInput)]
    [InlineData(TokenSpace.AttentionInput)]
    public void Explain_WithinAnyBudget_GivesTheSameMap(TokenSpace space)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        var targets = TargetSet.Of(TargetKind.Mixed, network.Block.Dim).All;
        var request = new MethodRequest("smooth-cdam") { Space = space, SampleCount = 7 };
        var sampleBytes = 12L * network.Grid.Tokens * network.Block.Dim;
        var whole = Explain(network.Image(0, targets), request);
        TensorAssert.Close(whole, Explain(network.Image(0, targets, sampleBytes: 1), request));
        TensorAssert.Close(whole, Explain(network.Image(0, targets, sampleBytes: 3 * sampleBytes), request));
    }

    [Fact]
    public void Explain_WithAnotherSeed_GivesAnotherMap()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var image = network.Image(0, TargetSet.Of(TargetKind.Linear, network.Block.Dim).All);
        var first = Values(Explain(image, new MethodRequest("smooth-cdam")));
        Assert.Equal(first, Values(Explain(image, new MethodRequest("smooth-cdam") { Seed = 0 })));
        Assert.NotEqual(first, Values(Explain(image, new MethodRequest("smooth-cdam") { Seed = 1 })));
    }

    private static Tensor Explain(ImageState image, MethodRequest request) =>
        new SmoothCdamMethod().Explain(image, MethodCatalog.Complete(request), heads: false).Scores;

    private static float[] Values(Tensor scores) => scores.contiguous().data<float>().ToArray();
}
