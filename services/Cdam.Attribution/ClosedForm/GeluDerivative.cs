using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>The derivative of the exact GELU.</summary>
internal static class GeluDerivative
{
    /// <summary>Φ(x) + x φ(x), of x's shape.</summary>
    public static Tensor At(Tensor x)
    {
        var cumulative = (x * Math.Sqrt(0.5)).erf_().add_(1).mul_(0.5);
        var density = (x.square() * -0.5).exp_().mul_(1 / Math.Sqrt(2 * Math.PI));
        return cumulative.add_(density.mul_(x));
    }
}
