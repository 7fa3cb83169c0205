using static TorchSharp.torch;

namespace Cdam.Attribution.Methods.Noise;

/// <summary>Some noisy copies of an image's tokens, with the statistics that LayerNorm needs.</summary>
/// <param name="Tokens">S × n × d</param>
/// <param name="Mean">Mean of each token, S × n.</param>
/// <param name="ReciprocalDeviation">1 / √(variance + ε) of each token, S × n.</param>
internal sealed record NoisyChunk(Tensor Tokens, Tensor Mean, Tensor ReciprocalDeviation);
