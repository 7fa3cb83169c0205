namespace Cdam.Scoring.Statistics;

/// <summary>
/// The mean over images of a curve, point by point, of the images as they pass. Images whose curves have other points (boxes of other
/// sides, where pictures are of other sizes) count where they have some.
/// </summary>
public sealed class MeanCurve
{
    private readonly SortedDictionary<double, (double Sum, int Count)> _points = [];

    /// <summary>Where some image has a point, ascending.</summary>
    public double[] X => [.. _points.Keys];

    /// <summary>The mean at each of these; NaN where no image is defined.</summary>
    public double[] Y => [.. _points.Values.Select(point => point.Sum / point.Count)];

    /// <summary>Takes an image's curve.</summary>
    /// <param name="x">Distinct.</param>
    /// <param name="y">As many; NaN where undefined, which is left out.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Add(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count != y.Count)
        {
            throw new ArgumentException($"{x.Count} places against {y.Count} values; equally many are needed.");
        }

        for (var i = 0; i < x.Count; i++)
        {
            var (sum, count) = _points.GetValueOrDefault(x[i]);
            _points[x[i]] = double.IsNaN(y[i]) ? (sum, count) : (sum + y[i], count + 1);
        }
    }
}
