using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.ClosedForm;
using static Cdam.Attribution.Arithmetic.TensorArithmetic;
using static TorchSharp.torch;

namespace Cdam.Attribution.Methods;

/// <summary>
/// Integrated CDAM (Eq. 6), zero baseline. On T, the default, S_i = Σ_j T_ij × mean over k = 1..n of ∂f(k/n T)/∂T_ij; the scores of
/// all tokens sum to f(T) − f(0) up to the step error, which is reported. On X, Eq. 6 is nearly 0 for patches, because LayerNorm
/// does not see their scale; there it is the published code's variant: the mean of CDAM over X scaled by k/n, k = 1..n−1.
/// All steps share the products with the tokens (<see cref="ScaledTokens"/>), so n steps cost little more than one.
/// </summary>
internal sealed class IntegratedCdamMethod : IAttributionMethod
{
    public MethodDescription Description { get; } = new()
    {
        Name = "integrated-cdam",
        Aliases = ["integrated_cdam"],
        DisplayName = "Integrated CDAM",
        Summary = "Σ_j T_ij × mean over k = 1..n of ∂f(k/n T)/∂T_ij; on the block input: mean CDAM of k/n X, k = 1..n−1.",
        Reference = "Brocki, Binda, Chung 2023 (arXiv 2312.02364), Eq. 6",
        Departures = "On the block input: the published code's variant, since Eq. 6 is nearly 0 there.",
        Cost = "About that of CDAM for 50 steps.",
        DefinitionVersion = "1",
        Signed = true,
        ClassDiscriminative = true,
        Parameters =
        [
            new MethodParameter("sample_count", "50", "1 to 1000 (2 to 1000 on BLOCK_INPUT)"),
            new MethodParameter("token_space", "ATTENTION_INPUT", "BLOCK_INPUT or ATTENTION_INPUT"),
        ],
    };

    public MethodRequest Defaults { get; } = new("integrated-cdam") { SampleCount = 50, Space = TokenSpace.AttentionInput };

    public MapTensors Explain(ImageState image, MethodRequest parameters, bool heads) =>
        parameters.Space == TokenSpace.AttentionInput
            ? OnAttentionInput(image, parameters.SampleCount!.Value)
            : OnBlockInput(image, parameters.SampleCount!.Value);

    /// <summary>All tokens' scores on T, C × n, and the completeness gaps.</summary>
    public static (Tensor Scores, float[] Gaps) AllTokens(ImageState image, int steps)
    {
        var count = image.Grid.Tokens;
        var tokens = image.AttentionInput[0];                                                // n × d
        var sum = zeros(image.Targets.Count, count, device: tokens.device);
        Tensor? first = null, last = null;
        foreach (var (from, to) in Chunks(image, 0, steps + 1))
        {
            using var scope = NewDisposeScope();
            var alpha = Range(from, to, ScalarType.Float32, tokens.device).DivideInPlace(steps);     // S; step 0 is the baseline
            var path = new ScaledTokens(tokens, alpha.unsqueeze(1).expand(-1, count), null);
            var attention = image.Block.Attend(path);
            var state = image.Block.Finish(attention, image.BlockInput.select(1, 0).expand(to - from, -1));
            var values = image.Targets.Values(state.Latent);                                 // S × C
            first ??= values[0].MoveToOuterDisposeScope();
            last = to == steps + 1 ? values[-1].MoveToOuterDisposeScope() : null;

            // The scores of α T, divided by α, are those of the gradient with T itself; the baseline has none.
            var weight = alpha.reciprocal().ZeroInPlace(alpha.IsZero());
            var scores = image.Scorer.For(path, attention, state).AllScores();               // S × C × n
            sum.AddInPlace((scores * weight.view(-1, 1, 1)).sum(dim: 0));
        }

        sum.DivideInPlace(steps);
        var gaps = (sum.sum(1) - (last! - first!)).abs_();
        return (sum, gaps.cpu().data<float>().ToArray());
    }

    private static MapTensors OnAttentionInput(ImageState image, int steps)
    {
        var (scores, gaps) = AllTokens(image, steps);
        return new MapTensors(image.Patches(scores), CompletenessGaps: gaps);
    }

    private static MapTensors OnBlockInput(ImageState image, int steps)
    {
        var (block, x) = (image.Block, image.BlockInput);
        var centered = image.AttentionInput[0] - block.Norm1Bias;                            // n × d
        var variance = x[0].var(-1, unbiased: false);                                        // n
        var sum = zeros(image.Targets.Count, image.Grid.Tokens, device: x.device);
        foreach (var (from, to) in Chunks(image, 1, steps))
        {
            using var scope = NewDisposeScope();
            var alpha = Range(from, to, ScalarType.Float32, x.device).DivideInPlace(steps).unsqueeze(1);   // S × 1

            // norm1(α x) = norm1(x) but for ε: centred by α, divided by √(α² variance + ε).
            var scale = alpha * (variance.Plus(block.Epsilon) / (alpha.Squared() * variance).Plus(block.Epsilon)).sqrt();
            var tokens = new ScaledTokens(centered, scale, block.Norm1Bias);
            var attention = block.Attend(tokens);
            var state = block.Finish(attention, alpha * x.select(1, 0));
            sum.AddInPlace(image.Scorer.Scores(tokens, attention, state).sum(dim: 0));
        }

        return new MapTensors(image.Patches(sum.DivideInPlace(steps - 1)));
    }

    /// <summary>Steps are held as scores of every head: far smaller than the tokens that the budget is made for.</summary>
    private static IEnumerable<(int From, int To)> Chunks(ImageState image, int from, int to)
    {
        var bytes = 4L * image.Grid.Tokens * image.Block.Heads * (2 + 3L * Math.Min(image.Targets.Count, image.Block.Dim));
        var size = (int)Math.Clamp(image.SampleBytes / bytes, 1, to - from);
        for (var start = from; start < to; start += size)
        {
            yield return (start, Math.Min(start + size, to));
        }
    }
}
