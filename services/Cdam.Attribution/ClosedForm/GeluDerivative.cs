using Cdam.Attribution.Arithmetic;
using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>The derivative of the exact GELU.</summary>
internal static class GeluDerivative
{
    /// <summary>Φ(x) + x φ(x), of x's shape.</summary>
    public static Tensor At(Tensor x)
    {
        var argument = x.Times(Math.Sqrt(0.5));
        var cumulative = argument.erf();                                                    // 2 Φ(x) − 1
        var density = argument.mul_(argument).neg_().exp_();                                     // √(2π) φ(x)
        return cumulative.AddProductInPlace(x, density, Math.Sqrt(2 / Math.PI)).AddInPlace(1).MultiplyInPlace(0.5);
    }
}
