using Cdam.Attribution.Models;
using Cdam.Attribution.Randomisation;

namespace Cdam.Attribution.Tests.Randomisation;

public sealed class RedrawnWeightsTests
{
    private const int Rows = 300;
    private const int Columns = 400;

    [Fact]
    public void Draw_AMatrix_IsNormalCutAtTwoStandardDeviations()
    {
        var values = Draw("blocks.0.attn.qkv.weight");
        Assert.Equal(Rows * Columns, values.Length);
        Assert.InRange(values.Max(Math.Abs), 0.0399f, 0.04f);    // of 120 000 values some come near the cut

        // Of a normal distribution cut at ±2 σ, √(1 − 4 φ(2) / (2 Φ(2) − 1)) = 0.87963 of the deviation is left. Bounds: five standard errors.
        Assert.Equal(0, values.Average(), 5 * 0.0176 / Math.Sqrt(values.Length));
        var deviation = Math.Sqrt(values.Average(value => (double)value * value));
        Assert.Equal(0.02 * 0.87963, deviation, 5 * 0.0176 / Math.Sqrt(2.0 * values.Length));

        // A sixth lies beyond each σ of the uncut distribution: (Φ(2) − Φ(1)) / (2 Φ(2) − 1) = 0.14238, standard error 0.001.
        Assert.Equal(0.14238, values.Count(value => value > 0.02f) / (double)values.Length, 0.005);
    }

    [Fact]
    public void Draw_TheSame_GivesTheSameBitsAndAnythingElseOthers()
    {
        var drawn = Draw("a.weight");
        Assert.Equal(drawn, Draw("a.weight"));
        float[][] others = [Draw("b.weight"), Draw("a.weight", seed: 8), RedrawnWeights.Draw(ModelPart.Head, "a.weight", [Rows, Columns], 7)];
        Assert.All(others, other => Assert.True(drawn.Zip(other).Count(pair => pair.First == pair.Second) < drawn.Length / 1000));
    }

    [Theory]
    [InlineData("blocks.0.norm1.weight", 1)]
    [InlineData("encoder.ln.weight", 1)]
    [InlineData("blocks.0.ls1.gamma", 1)]
    [InlineData("blocks.0.norm1.bias", 0)]
    [InlineData("encoder.layers.encoder_layer_0.self_attention.in_proj_bias", 0)]
    public void Draw_AVector_IsAsTrainingStarts(string name, float expected) =>
        Assert.All(RedrawnWeights.Draw(ModelPart.Backbone, name, [5], 7), value => Assert.Equal(expected, value));

    [Fact]
    public void Draw_Embeddings_AreDrawnToo() =>
        Assert.All(RedrawnWeights.Draw(ModelPart.Backbone, "cls_token", [1, 1, 48], 7), value => Assert.NotEqual(0, value));

    private static float[] Draw(string name, ulong seed = 7) => RedrawnWeights.Draw(ModelPart.Backbone, name, [Rows, Columns], seed);
}
