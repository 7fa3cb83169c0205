using Cdam.Attribution.Autograd;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Native;
using Cdam.Training.Networks;
using static TorchSharp.torch;

namespace Cdam.Training.Tests.Networks;

public sealed class TrainableBackboneTests
{
    private static readonly BackboneConfig Small = new()
    {
        Naming = BackboneNaming.Dino, Image = 32, Patch = 8, Dim = 24, Depth = 3, Heads = 3, Mlp = 48,
    };

    public TrainableBackboneTests() => TorchRuntime.Load();

    public static TheoryData<BackboneNaming, int, bool> Architectures => new()
    {
        { BackboneNaming.Dino, 0, false },
        { BackboneNaming.DinoV2, 2, true },
        { BackboneNaming.Torchvision, 0, false },
    };

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Tokens_ClassToken_IsTheServedNetworksLatent(BackboneNaming naming, int registers, bool layerScale)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var config = Small with { Naming = naming, Registers = registers, LayerScale = layerScale };
        var state = FreshBackbone.Draw(config, seed: 1);
        using var served = new VisionTransformer(config, state);
        var input = randn(2, 3, 32, 32);

        var latent = new TrainableBackbone(config, state, ScalarType.Float32).Tokens(input).select(1, 0);

        // LayerNorm's output is about 1; float32 sums in another order.
        Assert.InRange((latent - served.Forward(input)).abs().max().item<float>(), 0, 1e-5f);
    }

    [Fact]
    public void Tokens_Gradients_AreThoseOfThePlainNetwork()
    {
        using var scope = NewDisposeScope();
        var state = FreshBackbone.Draw(Small, seed: 1);
        var weight = state["blocks.0.mlp.fc1.weight"].requires_grad_();
        using var served = new VisionTransformer(Small, state);
        var input = randn(2, 3, 32, 32);
        var plain = new AutogradNetwork(served);
        var blockInput = plain.BlockInput(input);
        var expected = autograd.grad([plain.Latent(blockInput, plain.AttentionInput(blockInput)).pow(3).sum()], [weight])[0];

        var latent = new TrainableBackbone(Small, state, ScalarType.Float32).Tokens(input).select(1, 0);
        var gradient = autograd.grad([latent.pow(3).sum()], [weight])[0];

        Assert.InRange(((gradient - expected).norm() / expected.norm()).item<float>(), 0, 1e-5f);
    }

    [Fact]
    public void Tokens_HalfProducts_KeepTwoDigits()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var state = FreshBackbone.Draw(Small, seed: 1);
        var input = randn(2, 3, 32, 32);

        var exact = new TrainableBackbone(Small, state, ScalarType.Float32).Tokens(input);
        var half = new TrainableBackbone(Small, state, ScalarType.BFloat16).Tokens(input);

        // bfloat16 has 8 bits: each of a dozen roundings errs by up to 0.4 %.
        Assert.InRange(((half - exact).norm() / exact.norm()).item<float>(), 1e-6f, 0.03f);
    }

    [Fact]
    public void Tokens_DroppedBranches_ChangeTheAnswerAndKeepItsMean()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        random.manual_seed(0);
        var state = FreshBackbone.Draw(Small, seed: 1);
        var network = new TrainableBackbone(Small, state, ScalarType.Float32);
        var input = randn(1, 3, 32, 32).expand(400, -1, -1, -1);

        var plain = network.Tokens(input.narrow(0, 0, 1));
        var dropped = network.Tokens(input, new Dropping(Values: 0, Branches: 0.5));

        Assert.InRange((dropped - plain).abs().max().item<float>(), 0.01f, 10);
        // The last LayerNorm bends the mean a little, and 400 samples leave some noise.
        Assert.InRange(((dropped.mean([0], keepdim: true) - plain).norm() / plain.norm()).item<float>(), 0, 0.1f);
    }

    [Fact]
    public void Draw_SameSeed_GivesTheSameWeights()
    {
        using var scope = NewDisposeScope();
        var (first, second, other) = (FreshBackbone.Draw(Small, 1), FreshBackbone.Draw(Small, 1), FreshBackbone.Draw(Small, 2));

        Assert.All(first, entry => Assert.True(entry.Value.equal(second[entry.Key]).all().item<bool>()));
        Assert.False(first["blocks.0.attn.qkv.weight"].equal(other["blocks.0.attn.qkv.weight"]).all().item<bool>());
    }

    [Fact]
    public void Draw_Positions_TellNeighboursFromTheRest()
    {
        using var scope = NewDisposeScope();
        var positions = FreshBackbone.Draw(Small, 1)["pos_embed"][0];
        double Distance(int first, int second) => (positions[1 + first] - positions[1 + second]).norm().item<float>();

        Assert.Equal(0, positions[0].abs().max().item<float>());
        Assert.Equal(Distance(0, 1), Distance(0, 4), 1e-4);    // A column and a row away; float32.
        Assert.True(Distance(0, 1) < Distance(0, 2) && Distance(0, 2) < Distance(0, 10));
    }
}
