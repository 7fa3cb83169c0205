namespace Cdam.Attribution.Preprocessing;

/// <summary>
/// For each output position of one axis, the run of input positions it is made of and their weights in 22-bit fixed point, by the same
/// arithmetic in the same order as Pillow's <c>Resample.c</c>, so that every weight comes out the same.
/// </summary>
internal sealed class ResampleWeights
{
    /// <summary>Fractional bits of a weight: 32 less 8 for the sample and 2 for the overshoot of a sum.</summary>
    public const int PrecisionBits = 32 - 8 - 2;

    private readonly int _taps;
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly int[] _weights;

    public ResampleWeights(int inputSize, int outputSize, ResizeKernel kernel)
    {
        var scale = (double)inputSize / outputSize;
        var widening = Math.Max(scale, 1.0);
        var support = (kernel == ResizeKernel.Bicubic ? 2.0 : 1.0) * widening;
        _taps = (int)Math.Ceiling(support) * 2 + 1;
        _first = new int[outputSize];
        _count = new int[outputSize];
        _weights = new int[(long)outputSize * _taps];

        var exact = new double[_taps];
        for (var i = 0; i < outputSize; i++)
        {
            var centre = (i + 0.5) * scale;
            _first[i] = Math.Max((int)(centre - support + 0.5), 0);
            _count[i] = Math.Min((int)(centre + support + 0.5), inputSize) - _first[i];
            Fill(exact.AsSpan(0, _count[i]), _first[i] - centre + 0.5, 1.0 / widening, kernel);
            Quantise(exact.AsSpan(0, _count[i]), _weights.AsSpan(i * _taps, _taps));
        }
    }

    public int OutputSize => _first.Length;

    /// <summary>First input position that any output needs.</summary>
    public int Begin => _first[0];

    /// <summary>One past the last input position that any output needs.</summary>
    public int End => _first[^1] + _count[^1];

    public int First(int output) => _first[output];

    public ReadOnlySpan<int> Weights(int output) => _weights.AsSpan(output * _taps, _count[output]);

    private static void Fill(Span<double> weights, double offset, double inverseScale, ResizeKernel kernel)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            var x = (i + offset) * inverseScale;
            weights[i] = kernel == ResizeKernel.Bicubic ? Bicubic(Math.Abs(x)) : Math.Max(1.0 - Math.Abs(x), 0.0);
            sum += weights[i];
        }

        for (var i = 0; i < weights.Length && sum != 0.0; i++)
        {
            weights[i] /= sum;
        }
    }

    private static double Bicubic(double x)
    {
        const double A = -0.5;
        return x switch
        {
            < 1.0 => ((A + 2.0) * x - (A + 3.0)) * x * x + 1,
            < 2.0 => (((x - 5) * x + 8) * x - 4) * A,
            _ => 0.0,
        };
    }

    private static void Quantise(ReadOnlySpan<double> exact, Span<int> weights)
    {
        for (var i = 0; i < exact.Length; i++)
        {
            weights[i] = (int)(exact[i] * (1 << PrecisionBits) + (exact[i] < 0 ? -0.5 : 0.5));
        }
    }
}
