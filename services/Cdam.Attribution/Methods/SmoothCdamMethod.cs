using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Methods.Noise;
using static TorchSharp.torch;

namespace Cdam.Attribution.Methods;

/// <summary>
/// Smooth CDAM: the mean of CDAM over n noisy copies of the tokens (Eq. 5). Noise goes onto X, the block's input, as the paper's
/// text and code have it, or onto T; its standard deviation is level × (max − min) of the noised tensor. Each sample costs three
/// products of the tokens with skinny matrices and the making of its noise.
/// </summary>
internal sealed class SmoothCdamMethod : IAttributionMethod
{
    public MethodDescription Description { get; } = new()
    {
        Name = "smooth-cdam",
        Aliases = ["smooth_cdam"],
        DisplayName = "Smooth CDAM",
        Summary = "Mean over n noisy token sets T' of Σ_j T'_ij ∂f/∂T'_ij.",
        Reference = "Brocki, Binda, Chung 2023 (arXiv 2312.02364), Eq. 5",
        Cost = "The forward pass and about 0.2 of it for 50 samples.",
        DefinitionVersion = "1",
        Signed = true,
        ClassDiscriminative = true,
        Seeded = true,
        Parameters =
        [
            new MethodParameter("sample_count", "50", "1 to 1000"),
            new MethodParameter("noise_level", "0.05", "above 0, at most 1"),
            new MethodParameter("token_space", "BLOCK_INPUT", "BLOCK_INPUT or ATTENTION_INPUT"),
            new MethodParameter("seed", "0", "any 64-bit number"),
            new MethodParameter("noise", "drawn from the seed", "samples × tokens × embedding_dim values"),
        ],
    };

    public MethodRequest Defaults { get; } =
        new("smooth-cdam") { SampleCount = 50, NoiseLevel = 0.05f, Space = TokenSpace.BlockInput, Seed = 0 };

    public MapTensors Explain(ImageState image, MethodRequest parameters, bool heads)
    {
        var source = parameters.Space == TokenSpace.BlockInput ? image.BlockInput : image.AttentionInput;
        using var samples = new NoisySamples(image, source, parameters);
        var sum = zeros(image.Targets.Count, image.Grid.Tokens, device: source.device);
        while (samples.Next() is { } noisy)
        {
            using var scope = NewDisposeScope();
            var (tokens, residual) = parameters.Space == TokenSpace.BlockInput
                ? (Normalize(image, noisy), noisy.Tokens.select(1, 0))
                : (new DenseTokens(noisy.Tokens), image.BlockInput.select(1, 0));
            var attention = image.Block.Attend(tokens);
            var state = image.Block.Finish(attention, residual);
            sum.AddInPlace(image.Scorer.Scores(tokens, attention, state).sum(dim: 0));
        }

        return new MapTensors(image.Patches(sum.DivideInPlace(samples.Count)));
    }

    private static ITokens Normalize(ImageState image, NoisyChunk noisy) =>
        new NormalizedTokens(noisy.Tokens, noisy.Mean, noisy.ReciprocalDeviation, image.Block.Norm1Weight, image.Block.Norm1Bias);
}
