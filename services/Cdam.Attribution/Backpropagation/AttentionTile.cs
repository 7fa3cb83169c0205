using static TorchSharp.torch;

namespace Cdam.Attribution.Backpropagation;

/// <summary>A part of all functions' and heads' n × n matrices A ⊙ ∂f/∂A. Valid only while it is looked at.</summary>
/// <param name="Function">The first function.</param>
/// <param name="Row">The first row.</param>
/// <param name="Weighted">c functions × h heads × r rows × n</param>
internal readonly record struct AttentionTile(long Function, long Row, Tensor Weighted);
