using Cdam.Attribution.Arithmetic;
using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>
/// The rules of layer-wise relevance propagation with α = 1 (Bach et al. 2015) as the published baseline for Vision Transformers has
/// them (Chefer, Gur, Wolf 2021, its <c>layers_lrp</c>), for one token and C functions. Relevance goes to what speaks for an output, never
/// to what speaks against it; biases get none.
/// </summary>
internal static class RelevanceRules
{
    /// <summary>Added to denominators as the published code does, so that values agree with its own.</summary>
    private const double Tiny = 1e-9;

    /// <summary>
    /// How y = W x hands a relevance of 1 on each output down: to inputs with W_ij x_j above 0, in proportion to it. Inputs above and
    /// below 0 are normalised apart, so that each kind gets the whole: a row sums to 2 where both are there, to 0 where neither is.
    /// </summary>
    /// <param name="weight">W, b × a.</param>
    /// <param name="input">x, 1 × a.</param>
    /// <returns>b × a</returns>
    public static Tensor Shares(Tensor weight, Tensor input)
    {
        var (above, below) = (weight.ClampMin(0) * input.ClampMin(0), weight.ClampMax(0) * input.ClampMax(0));
        return Divide(above, above.sum(-1, keepdim: true)).AddInPlace(Divide(below, below.sum(-1, keepdim: true)));
    }

    /// <summary>The relevance of x in y = W x from that of y.</summary>
    /// <param name="weight">W, b × a.</param>
    /// <param name="input">x, 1 × a.</param>
    /// <param name="relevance">Of y, C × b.</param>
    /// <returns>C × a</returns>
    public static Tensor Linear(Tensor weight, Tensor input, Tensor relevance) => relevance.matmul(Shares(weight, input));

    /// <summary>r / y, where y is a sum or a product: each term's relevance is its value times this.</summary>
    /// <param name="relevance">r, C × a.</param>
    /// <param name="output">y, 1 × a, or any shape that spreads to r's.</param>
    /// <returns>C × a; 0 where y is 0.</returns>
    public static Tensor Divide(Tensor relevance, Tensor output) => (relevance / output.Plus(Tiny)).ZeroInPlace(output.IsZero());
}
