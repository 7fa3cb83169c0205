namespace Cdam.Attribution.Rendering;

/// <summary>A grid of values seen at the size of a picture.</summary>
internal sealed class UpsampledMap
{
    private readonly double[] _values;
    private readonly int _columns;
    private readonly Sample[] _x;
    private readonly Sample[] _y;

    /// <param name="values">rows × columns, row-major.</param>
    /// <param name="rows">Of the grid.</param>
    /// <param name="columns">Of the grid.</param>
    /// <param name="width">Of the picture, at least 1.</param>
    /// <param name="height">Of the picture, at least 1.</param>
    /// <param name="upsampling">How a pixel's value comes from the grid.</param>
    public UpsampledMap(double[] values, int rows, int columns, int width, int height, Upsampling upsampling)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        _values = values;
        _columns = columns;
        _x = Axis(columns, width, upsampling);
        _y = Axis(rows, height, upsampling);
    }

    /// <summary>The value at a pixel.</summary>
    public double this[int y, int x]
    {
        get
        {
            Sample across = _x[x], down = _y[y];
            var above = Between(down.First * _columns, across);
            return down.Weight == 0 ? above : above + down.Weight * (Between(down.Second * _columns, across) - above);
        }
    }

    private double Between(int row, Sample across)
    {
        var left = _values[row + across.First];
        return left + across.Weight * (_values[row + across.Second] - left);
    }

    private static Sample[] Axis(int cells, int pixels, Upsampling upsampling)
    {
        var samples = new Sample[pixels];
        for (var i = 0; i < pixels; i++)
        {
            if (upsampling == Upsampling.Repeat)
            {
                var cell = (int)((long)i * cells / pixels);
                samples[i] = new Sample(cell, cell, 0);
                continue;
            }

            // Centre on centre, as torch's interpolate with align_corners = false.
            var position = Math.Clamp((i + 0.5) * cells / pixels - 0.5, 0, cells - 1);
            var first = (int)position;
            samples[i] = new Sample(first, Math.Min(first + 1, cells - 1), position - first);
        }

        return samples;
    }

    /// <summary>Two cells of an axis and the second one's share.</summary>
    private readonly record struct Sample(int First, int Second, double Weight);
}
