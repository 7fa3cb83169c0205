using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.ClosedForm;

internal static class TensorAssert
{
    /// <summary>
    /// Two float32 computations of one formula, relative to the largest value. Each is up to 4e-6 from float64 on the reference
    /// cases; two of them, on networks a little larger and rougher, stay below this.
    /// </summary>
    public const double Rounding = 2e-5;

    /// <summary>Same shape, and no element further away than the tolerance times the largest expected value.</summary>
    public static void Close(Tensor expected, Tensor actual, double tolerance = Rounding)
    {
        Assert.Equal(expected.shape, actual.shape);
        using var scope = NewDisposeScope();
        var largest = expected.abs().max().item<float>();
        var difference = (actual - expected).abs().max().item<float>();
        Assert.True(largest > 0, "the expected values are all 0: nothing is tested");
        Assert.True(difference <= tolerance * largest, $"differs by {difference}; {tolerance} × {largest} is accepted");
    }
}
