using TorchSharp;
using static TorchSharp.torch;

namespace Cdam.Attribution.Arithmetic;

/// <summary>
/// Arithmetic of tensors with numbers, and their sums, that a garbage collection cannot disturb. TorchSharp turns a number (of a sum of
/// two tensors, too: its factor 1) into a native one that only a managed object without references owns; a collection during the
/// native call frees it, and the call goes on with what is in its place: an error at best, a wrong value at worst. Here the native
/// number lives until the call is over. The operators and methods of <see cref="Tensor"/> that take numbers are therefore not used in
/// this program; those between two tensors, sums apart, are.
/// </summary>
/// <remarks>New tensors belong to the open dispose scope; what ends in InPlace alters the tensor and returns it.</remarks>
public static class TensorArithmetic
{
    /// <summary>Never disposed: the factor of a sum's second part.</summary>
    private static readonly Scalar One = 1L.ToScalar();

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    /// <summary>a + <paramref name="number"/>.</summary>
    public static Tensor Plus(this Tensor a, double number) => With(number, native => a.add(native, One));

    /// <summary>a × <paramref name="number"/>.</summary>
    public static Tensor Times(this Tensor a, double number) => With(number, a.mul);

    /// <summary>a × <paramref name="number"/>, exactly, of 64-bit integers modulo 2⁶⁴.</summary>
    public static Tensor Times(this Tensor a, long number)
    {
        using var native = number.ToScalar();
        return a.mul(native);
    }

    /// <summary>a / <paramref name="number"/>.</summary>
    public static Tensor Over(this Tensor a, double number)
    {
        using var native = number.ToScalar();
        return a.div(native);
    }

    /// <summary>a².</summary>
    public static Tensor Squared(this Tensor a) => a.mul(a);

    /// <summary>max(a, <paramref name="bound"/>).</summary>
    public static Tensor ClampMin(this Tensor a, double bound) => With(bound, a.clamp_min);

    /// <summary>min(a, <paramref name="bound"/>).</summary>
    public static Tensor ClampMax(this Tensor a, double bound) => With(bound, a.clamp_max);

    /// <summary>Whether each value is zero.</summary>
    public static Tensor IsZero(this Tensor a) => With(0, a.eq);

    /// <summary>Whether each value is above zero.</summary>
    public static Tensor IsPositive(this Tensor a) => With(0, a.gt);

    /// <summary>Whether each value is <paramref name="bound"/> or more.</summary>
    public static Tensor IsAtLeast(this Tensor a, double bound) => With(bound, a.ge);

    /// <summary>a ← a + b.</summary>
    public static Tensor AddInPlace(this Tensor a, Tensor b) => a.add_(b, One);

    /// <summary>a ← a + <paramref name="factor"/> b.</summary>
    public static Tensor AddInPlace(this Tensor a, Tensor b, double factor) => With(factor, native => a.add_(b, native));

    /// <summary>a ← a + <paramref name="number"/>.</summary>
    public static Tensor AddInPlace(this Tensor a, double number) => With(number, native => a.add_(native, One));

    /// <summary>a ← a + <paramref name="number"/>, which leaves integers integers.</summary>
    public static Tensor AddInPlace(this Tensor a, long number)
    {
        using var native = number.ToScalar();
        return a.add_(native, One);
    }

    /// <summary>a ← a + <paramref name="factor"/> b c.</summary>
    public static Tensor AddProductInPlace(this Tensor a, Tensor b, Tensor c, double factor) => With(factor, native => a.addcmul_(b, c, native));

    /// <summary>a ← <paramref name="number"/> a.</summary>
    public static Tensor MultiplyInPlace(this Tensor a, double number) => With(number, a.mul_);

    /// <summary>a ← a / <paramref name="number"/>.</summary>
    public static Tensor DivideInPlace(this Tensor a, double number)
    {
        using var native = number.ToScalar();
        return a.div_(native);
    }

    /// <summary>a ← max(a, <paramref name="bound"/>).</summary>
    public static Tensor ClampMinInPlace(this Tensor a, double bound) => With(bound, a.clamp_min_);

    /// <summary>a ← 0 where <paramref name="mask"/> is true.</summary>
    public static Tensor ZeroInPlace(this Tensor a, Tensor mask) => With(0, zero => a.masked_fill_(mask, zero));

    /// <summary><paramref name="from"/>, <paramref name="from"/> + 1, … below <paramref name="to"/>.</summary>
    public static Tensor Range(long from, long to, ScalarType type, Device device)
    {
        using Scalar start = from.ToScalar(), stop = to.ToScalar();
        return arange(start, stop, One, type, device);
    }

    /// <summary>The operation with a native number that is freed after it.</summary>
    private static Tensor With(double number, Func<Scalar, Tensor> operation)
    {
        using var native = number.ToScalar();
        return operation(native);
    }
}
