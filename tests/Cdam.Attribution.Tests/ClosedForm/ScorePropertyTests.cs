using Cdam.Attribution.Backbones;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Tests.Backbones;
using CsCheck;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.ClosedForm;

public sealed class ScorePropertyTests
{
    private static readonly Gen<(BackboneConfig Config, int Rows, int Columns, ulong Seed)> Networks =
        from naming in Gen.Enum<BackboneNaming>()
        from heads in Gen.Int[1, 6]
        from width in Gen.Int[1, 3]
        from registers in Gen.Int[0, 3]
        from rows in Gen.Int[1, 5]
        from columns in Gen.Int[1, 5]
        from seed in Gen.ULong
        select (
            RandomBackbone.Config(naming) with
            {
                Heads = heads, Dim = 8 * heads * width, Mlp = 20, Depth = 1 + (int)(seed % 2), Registers = naming == BackboneNaming.DinoV2 ? registers : 0,
            },
            rows, columns, seed);

    [Fact]
    public void Scores_OfAnyNetwork_AreTokensTimesGradients() =>
        Networks.Sample(
            network =>
            {
                using var made = new SmallNetwork(network.Config, network.Rows, network.Columns, seed: network.Seed);
                var targets = TargetSet.Of(TargetKind.Linear, network.Config.Dim);
                var scores = made.Scores(targets.All);
                var gradients = scores.Gradients();
                var terms = made.AttentionInput.unsqueeze(1) * gradients;                         // S × C × n × d
                AssertSums(terms, terms.sum(-1), scores.AllScores());
                AssertSums(terms, made.PlainScores(targets), scores.AllScores());
            },
            iter: 40,
            threads: 1);

    /// <summary>Eq. 9 of the paper: moving one patch against every head's key takes its attention, and its score, to 0.</summary>
    [Theory]
    [InlineData(TargetKind.Linear)]
    [InlineData(TargetKind.NegativeL2)]
    public void Score_WhereAttentionVanishes_Vanishes(TargetKind kind)
    {
        const int Patch = 6;
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var targets = TargetSet.Of(kind, network.Block.Dim).All;
        var direction = linalg.pinv(network.Attention.Keys[0]).sum(1);            // u_h · direction = 1 for every head
        foreach (var step in new[] { 0.0, 10, 20, 40, 200 })
        {
            var moved = network.AttentionInput.clone();
            moved[0, Patch].sub_(direction * step);
            var tokens = new DenseTokens(moved);
            var attention = network.Block.Attend(tokens);
            var state = network.Block.Finish(attention, network.BlockInput.select(1, 0));
            var scores = new TargetScorer(network.Block, targets).Scores(tokens, attention, state)[0, 0];
            var largestWeight = attention.Weights[0].select(1, Patch).max().item<float>();
            var score = Math.Abs(scores[Patch].item<float>());
            var others = scores.abs().max().item<float>();

            // S_i = Σ_h A_hi [a_hi + (a_hi − ā_h) e_hi]: the bracket grows as the square of the step at most.
            Assert.True(score <= 100 * (1 + step * step) * largestWeight * others, $"{score} at {step}, attention {largestWeight}");
            Assert.True(step < 200 || (score == 0 && largestWeight == 0), $"{score} where attention is {largestWeight}");
        }
    }

    /// <summary>
    /// A score can be small because its terms cancel, so rounding is measured by the terms. Random weights make some networks
    /// ill-conditioned: the worst of 20,000 stayed below a tenth of this.
    /// </summary>
    private static void AssertSums(Tensor terms, Tensor expected, Tensor actual)
    {
        var size = terms.abs().sum(-1).max().item<float>();
        var difference = (actual - expected).abs().max().item<float>();
        Assert.True(difference <= 1e-4 * size, $"differs by {difference}; the terms' absolute sum is {size}");
    }
}
