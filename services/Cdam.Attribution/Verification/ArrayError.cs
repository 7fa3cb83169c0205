namespace Cdam.Attribution.Verification;

/// <summary>How far an array is from its reference.</summary>
/// <param name="Name">As in expected.safetensors; <c>weights:FILE</c> for a format.</param>
/// <param name="Error">The largest absolute difference divided by the largest absolute reference value.</param>
/// <param name="Tolerance">What is accepted.</param>
public sealed record ArrayError(string Name, double Error, double Tolerance)
{
    /// <summary>float32 deviates from float64 by 4e-6 in the worst array; 1e-4 leaves room for other orders of summation.</summary>
    public const double UsualTolerance = 1e-4;

    /// <summary>Whether the error is accepted; NaN is not.</summary>
    public bool Passed => Error <= Tolerance;

    /// <summary>Compares an array with its reference.</summary>
    public static ArrayError Of(string name, ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, double tolerance = UsualTolerance)
    {
        if (actual.Length != expected.Length)
        {
            return new ArrayError(name, double.PositiveInfinity, tolerance);
        }

        double largest = 0, difference = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs((double)expected[i]));
            var distance = Math.Abs((double)actual[i] - expected[i]);
            difference = double.IsNaN(distance) ? double.PositiveInfinity : Math.Max(difference, distance);
        }

        return new ArrayError(name, largest == 0 ? difference : difference / largest, tolerance);
    }
}
