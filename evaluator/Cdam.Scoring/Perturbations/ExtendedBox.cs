namespace Cdam.Scoring.Perturbations;

/// <summary>A box filter of 2 × Radius + 1 whole samples and a fraction of one more at each end.</summary>
/// <param name="Radius">Whole samples to either side.</param>
/// <param name="Weight">Of a whole sample, in units of 2⁻²⁴.</param>
/// <param name="EndWeight">Of the sample beyond either end, in units of 2⁻²⁴.</param>
internal readonly record struct ExtendedBox(int Radius, uint Weight, uint EndWeight)
{
    private const uint One = 1 << 24;

    /// <summary>The box which, applied so many times, comes nearest a Gaussian. Single precision, as Pillow computes it.</summary>
    /// <param name="sigma">Standard deviation, samples, above 0.</param>
    /// <param name="passes">At least 1.</param>
    internal static ExtendedBox ForGaussian(float sigma, int passes)
    {
        var variance = sigma * sigma / passes;
        var length = (float)Math.Sqrt((12.0 * variance) + 1.0);
        var whole = (float)Math.Floor((length - 1.0) / 2.0);
        var fraction = ((2 * whole) + 1) * ((whole * (whole + 1)) - (3 * variance));
        fraction /= 6 * (variance - ((whole + 1) * (whole + 1)));
        var radius = whole + fraction;
        var weight = (uint)(One / ((radius * 2) + 1));
        return new ExtendedBox((int)radius, weight, (One - ((uint)(((int)radius * 2) + 1) * weight)) / 2);
    }

    /// <summary>Filters a line, whose first and last sample count as repeated beyond its ends.</summary>
    /// <param name="line">At least one sample.</param>
    /// <param name="filtered">As many; another array.</param>
    internal void Blur(ReadOnlySpan<byte> line, Span<byte> filtered)
    {
        var last = line.Length - 1;
        var sum = 0u;
        for (var i = -Radius - 1; i < Radius; i++)
        {
            sum += line[Math.Clamp(i, 0, last)];
        }

        for (var i = 0; i <= last; i++)
        {
            sum += line[Math.Min(i + Radius, last)];
            sum -= line[Math.Max(i - Radius - 1, 0)];
            var ends = (uint)line[Math.Max(i - Radius - 1, 0)] + line[Math.Min(i + Radius + 1, last)];
            filtered[i] = (byte)(((sum * Weight) + (ends * EndWeight) + (One / 2)) >> 24);
        }
    }
}
