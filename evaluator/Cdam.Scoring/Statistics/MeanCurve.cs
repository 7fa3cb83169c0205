namespace Cdam.Scoring.Statistics;

/// <summary>The mean over images of a curve, point by point.</summary>
public static class MeanCurve
{
    /// <param name="curves">One for each image, equally long, at least one; NaN where a point is undefined.</param>
    /// <param name="seed">Of the bootstrap; all points share their draws.</param>
    /// <returns>An estimate for each point.</returns>
    /// <exception cref="ArgumentException">There is no curve, or their lengths differ.</exception>
    public static IReadOnlyList<MeanEstimate> Of(IReadOnlyList<IReadOnlyList<double>> curves, ulong seed)
    {
        if (curves.Count == 0 || curves.Any(curve => curve.Count != curves[0].Count))
        {
            throw new ArgumentException(
                $"Curves have {string.Join(", ", curves.Select(curve => curve.Count).Distinct())} points; at least one curve is needed, and all equally long.",
                nameof(curves));
        }

        return [.. Enumerable.Range(0, curves[0].Count).Select(point => Bootstrap.Mean([.. curves.Select(curve => curve[point])], seed))];
    }
}
