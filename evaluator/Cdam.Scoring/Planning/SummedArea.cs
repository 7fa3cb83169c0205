using System.Numerics;
using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Planning;

/// <summary>
/// Sums of scores over any box in four look-ups (Crow, "Summed-area tables for texture mapping", SIGGRAPH 1984). Scores are held as
/// integers of 2⁻⁴⁰ of the largest, so that boxes over equal scores have exactly equal sums: a correlation must be able to tell that
/// nothing varies, which the differences of floating-point sums hide.
/// </summary>
/// <param name="height">Of the maps, pixels.</param>
/// <param name="width">Of the maps, pixels.</param>
internal sealed class SummedArea(int height, int width)
{
    private const int MostBits = 40;

    private readonly int _stride = width + 1;
    private readonly long[] _sums = new long[(height + 1) * (width + 1)];
    private readonly long[] _line = new long[width];
    private double _unit = 1;

    /// <summary>Takes a map in place of the one before.</summary>
    internal void Load(PixelMap map)
    {
        var (scores, grid) = map.Cells;
        var exponent = Exponent(scores.Span, height * width);
        _unit = Math.ScaleB(1, -exponent);
        var scale = Math.ScaleB(1, exponent);
        for (var row = 0; row < height; row++)
        {
            // All rows of a patch are alike.
            if (row % grid.PatchSize == 0)
            {
                SumLine(scores.Span.Slice(row / grid.PatchSize * grid.Columns, grid.Columns), grid.PatchSize, scale);
            }

            var above = _sums.AsSpan((row * _stride) + 1, width);
            var sums = _sums.AsSpan(((row + 1) * _stride) + 1, width);
            var column = 0;
            for (; column <= width - Vector<long>.Count; column += Vector<long>.Count)
            {
                (new Vector<long>(above[column..]) + new Vector<long>(_line, column)).CopyTo(sums[column..]);
            }

            for (; column < width; column++)
            {
                sums[column] = above[column] + _line[column];
            }
        }
    }

    internal double Within(PixelBox box)
    {
        var (top, bottom) = (box.Top * _stride, (box.Top + box.Height) * _stride);
        var (left, right) = (box.Left, box.Left + box.Width);
        return _unit * (_sums[bottom + right] - _sums[top + right] - _sums[bottom + left] + _sums[top + left]);
    }

    /// <summary>The sums of a row of pixels up to and with each.</summary>
    private void SumLine(ReadOnlySpan<float> cells, int patch, double scale)
    {
        var (sum, pixel) = (0L, 0);
        foreach (var cell in cells)
        {
            // Within 62 bits by the choice of the scale: no saturation is needed.
            var score = double.ConvertToIntegerNative<long>(cell * scale);
            for (var x = 0; x < patch; x++)
            {
                _line[pixel++] = sum += score;
            }
        }
    }

    /// <summary>Scores times two to this power are integers of as many bits as leave room for the sum of all pixels.</summary>
    private static int Exponent(ReadOnlySpan<float> scores, int pixels)
    {
        var largest = 0f;
        var i = 0;
        var most = Vector<float>.Zero;
        for (; i <= scores.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            most = Vector.Max(most, Vector.Abs(new Vector<float>(scores[i..])));
        }

        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            largest = Math.Max(largest, most[lane]);
        }

        for (; i < scores.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(scores[i]));
        }

        var bits = Math.Min(MostBits, 61 - BitOperations.Log2((uint)pixels));
        return largest == 0 ? 0 : bits - Math.ILogB(largest) - 1;
    }
}
