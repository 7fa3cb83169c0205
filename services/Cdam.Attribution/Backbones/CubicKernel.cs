namespace Cdam.Attribution.Backbones;

/// <summary>The weights by which bicubic resizing makes each new sample of the old ones, along one axis.</summary>
internal static class CubicKernel
{
    /// <summary>torch's bicubic interpolation: a = −0.75, four taps, edges repeated.</summary>
    /// <param name="from">Old samples.</param>
    /// <param name="to">New samples.</param>
    /// <param name="scale">New samples per old one; sample i lies at (i + 0.5) / scale − 0.5.</param>
    /// <returns>to × from weights, row-major; each row sums to 1.</returns>
    public static float[] Interpolating(int from, int to, double scale)
    {
        var weights = new float[to * from];
        for (var i = 0; i < to; i++)
        {
            var position = (i + 0.5) / scale - 0.5;
            var first = (int)Math.Floor(position) - 1;
            for (var tap = first; tap < first + 4; tap++)
            {
                weights[i * from + Math.Clamp(tap, 0, from - 1)] += (float)Cubic(position - tap, -0.75);
            }
        }

        return weights;
    }

    /// <summary>torch's antialiased bicubic interpolation: a = −0.5, the kernel widened when shrinking, cut off and renormalised at the edges.</summary>
    /// <returns>to × from weights, row-major; each row sums to 1.</returns>
    public static float[] Antialiased(int from, int to)
    {
        var weights = new float[to * from];
        var scale = (double)from / to;
        var widening = Math.Max(scale, 1);
        for (var i = 0; i < to; i++)
        {
            var center = scale * (i + 0.5);
            var first = Math.Max((int)(center - 2 * widening + 0.5), 0);
            var last = Math.Min((int)(center + 2 * widening + 0.5), from);
            var row = Enumerable.Range(first, last - first).Select(k => Cubic((k - center + 0.5) / widening, -0.5)).ToArray();
            var sum = row.Sum();
            for (var k = 0; k < row.Length; k++)
            {
                weights[i * from + first + k] = (float)(row[k] / sum);
            }
        }

        return weights;
    }

    /// <summary>Keys' cubic convolution kernel.</summary>
    private static double Cubic(double x, double a)
    {
        x = Math.Abs(x);
        return x switch
        {
            < 1 => ((a + 2) * x - (a + 3)) * x * x + 1,
            < 2 => a * (((x - 5) * x + 8) * x - 4),
            _ => 0,
        };
    }
}
