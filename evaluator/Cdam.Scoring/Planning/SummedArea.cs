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
    private double _unit = 1;

    /// <summary>Takes a map in place of the one before.</summary>
    internal void Load(PixelMap map)
    {
        var scores = map.Scores.Span;
        var exponent = Exponent(scores);
        _unit = Math.ScaleB(1, -exponent);
        var scale = Math.ScaleB(1, exponent);
        for (var row = 0; row < height; row++)
        {
            var rowSum = 0L;
            var above = _sums.AsSpan((row * _stride) + 1, width);
            var sums = _sums.AsSpan(((row + 1) * _stride) + 1, width);
            var line = scores.Slice(row * width, width);
            for (var column = 0; column < line.Length; column++)
            {
                rowSum += (long)(line[column] * scale);
                sums[column] = above[column] + rowSum;
            }
        }
    }

    internal double Within(PixelBox box)
    {
        var (top, bottom) = (box.Top * _stride, (box.Top + box.Height) * _stride);
        var (left, right) = (box.Left, box.Left + box.Width);
        return _unit * (_sums[bottom + right] - _sums[top + right] - _sums[bottom + left] + _sums[top + left]);
    }

    /// <summary>Scores times two to this power are integers of as many bits as leave room for the sum of all of them.</summary>
    private static int Exponent(ReadOnlySpan<float> scores)
    {
        var largest = 0f;
        foreach (var score in scores)
        {
            largest = Math.Max(largest, Math.Abs(score));
        }

        var bits = Math.Min(MostBits, 61 - BitOperations.Log2((uint)scores.Length));
        return largest == 0 ? 0 : bits - Math.ILogB(largest) - 1;
    }
}
