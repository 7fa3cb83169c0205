using static TorchSharp.torch;

namespace Cdam.Attribution.Backbones;

/// <summary>What the derivative of a block needs of its forward pass over B images, in the type it was computed in.</summary>
/// <param name="Input">x, B × n × d.</param>
/// <param name="Qkv">Queries, keys and values side by side, B × n × 3d.</param>
/// <param name="Attended">x after the attention branch, B × n × d.</param>
/// <param name="Hidden">The MLP's hidden layer before GELU, B × n × m.</param>
internal sealed record BlockTrace(Tensor Input, Tensor Qkv, Tensor Attended, Tensor Hidden)
{
    /// <summary>One image of the batch. Views.</summary>
    public BlockTrace Sample(int index) => Each(tensor => tensor.narrow(0, index, 1));

    /// <summary>The only image, without the batch's dimension, in float32.</summary>
    public BlockTrace Single() => Each(tensor => tensor.squeeze(0).to_type(ScalarType.Float32));

    private BlockTrace Each(Func<Tensor, Tensor> part) => new(part(Input), part(Qkv), part(Attended), part(Hidden));
}
