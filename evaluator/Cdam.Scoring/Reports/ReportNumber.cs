using System.Globalization;
using Cdam.Scoring.Statistics;

namespace Cdam.Scoring.Reports;

/// <summary>Numbers as the paper prints them: three digits that count.</summary>
public static class ReportNumber
{
    private const string None = "–";

    /// <summary>For example <c>404</c>, <c>12.2</c>, <c>0.88</c>; a dash for what is not defined.</summary>
    public static string Of(double value) => Math.Abs(value) switch
    {
        double.NaN => None,
        >= 99.95 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 9.995 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    /// <summary>For example <c>[390, 418]</c>; empty where there is none.</summary>
    public static string Interval(MeanEstimate estimate) =>
        double.IsNaN(estimate.Lower) ? "" : $"[{Of(estimate.Lower)}, {Of(estimate.Upper)}]";
}
