using System.Text.Json.Serialization;

namespace Cdam.Cli.Measuring;

/// <summary>A median over runs with an interval that holds the true one 95 times in 100, whatever the distribution.</summary>
/// <param name="Median">Of the runs.</param>
/// <param name="Low">The interval's lower end, one of the runs.</param>
/// <param name="High">Its upper end.</param>
internal readonly record struct EstimatedMedian(
    [property: JsonPropertyName("median")] double Median,
    [property: JsonPropertyName("low")] double Low,
    [property: JsonPropertyName("high")] double High)
{
    /// <summary>Deviations of the normal distribution within which 95 % lie.</summary>
    private const double Deviations = 1.96;

    /// <summary>
    /// The number of runs below the true median is binomial with p = 1/2, near normal with deviation √n / 2: the ends are the runs so
    /// far from the middle of the sorted ones. Fewer than 6 runs have no such interval; theirs is the whole range.
    /// </summary>
    /// <param name="values">At least one.</param>
    public static EstimatedMedian Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var below = (int)Math.Floor((sorted.Count - 1 - Deviations * Math.Sqrt(sorted.Count)) / 2);
        var low = Math.Clamp(below, 0, (sorted.Count - 1) / 2);
        return new EstimatedMedian((sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2, sorted[low], sorted[^(low + 1)]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Median:0.000} ({Low:0.00}–{High:0.00})";
}
