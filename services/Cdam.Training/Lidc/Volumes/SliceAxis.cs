namespace Cdam.Training.Lidc.Volumes;

/// <summary>
/// The slices along their normal. Their distances may differ: where a slice is missing, its neighbours are further apart, and
/// whatever is interpolated between them is interpolated over the true distance.
/// </summary>
internal sealed class SliceAxis
{
    private readonly double[] _positions;

    /// <param name="positions">Millimetres along the normal, ascending, at least two.</param>
    public SliceAxis(double[] positions)
    {
        _positions = positions;
        var gaps = positions.Skip(1).Zip(positions, (next, position) => next - position).Order().ToArray();
        MedianSpacing = (gaps[gaps.Length / 2] + gaps[(gaps.Length - 1) / 2]) / 2;
    }

    public int Count => _positions.Length;

    /// <summary>Median distance of neighbours in mm: what the scan's slice spacing is.</summary>
    public double MedianSpacing { get; }

    /// <summary>Position of slice <paramref name="index"/> in mm.</summary>
    public double this[int index] => _positions[index];

    /// <summary>Millimetres that a slice stands for: half the way to each neighbour; at an end as far out as in.</summary>
    public double Thickness(int index)
    {
        var below = index > 0 ? _positions[index] - _positions[index - 1] : _positions[1] - _positions[0];
        var above = index < Count - 1 ? _positions[index + 1] - _positions[index] : _positions[^1] - _positions[^2];
        return (below + above) / 2;
    }

    /// <summary>The slice number, with fraction, of a position; beyond the ends the outermost distance goes on.</summary>
    public double ToIndex(double position)
    {
        var found = Array.BinarySearch(_positions, position);
        var below = found >= 0 ? found : Math.Clamp(~found - 1, 0, Count - 2);
        below = Math.Min(below, Count - 2);
        return below + (position - _positions[below]) / (_positions[below + 1] - _positions[below]);
    }
}
