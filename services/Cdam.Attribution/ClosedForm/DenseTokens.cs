using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>Tokens that are there as a tensor.</summary>
/// <param name="tokens">S × n × d</param>
internal sealed class DenseTokens(Tensor tokens) : ITokens
{
    public Tensor ClassToken => tokens.select(1, 0);

    public Tensor Project(Tensor vectors) => vectors.matmul(tokens.transpose(1, 2));

    public Tensor Pool(Tensor weights) => weights.matmul(tokens);
}
