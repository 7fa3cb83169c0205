using Cdam.Training.Lidc.Dicom;

namespace Cdam.Training.Lidc.Volumes;

/// <summary>Says where a stack of slices is not what it should be, but can be used.</summary>
internal static class SpacingWarnings
{
    /// <summary>Wider gaps, in median spacings, lack at least one slice.</summary>
    private const double GapOfMissing = 1.5;

    /// <summary>Positions are rounded; more than this share of the spacing is no rounding.</summary>
    private const double Unevenness = 0.1;

    /// <param name="places">The images at each position, the one that is used first.</param>
    /// <param name="axis">The positions.</param>
    public static IEnumerable<string> Of(List<List<CtImage>> places, SliceAxis axis)
    {
        var repeated = Enumerable.Range(0, places.Count).Where(k => places[k].Count > 1).ToList();
        if (repeated.Count > 0)
        {
            var numbers = string.Join(", ", places[repeated[0]].Select(image => image.InstanceNumber));
            yield return $"{repeated.Count} positions have more than one slice, the first at {axis[repeated[0]]:0.###} mm"
                + $" (instance numbers {numbers}); the lowest number is used";
        }

        var ratios = Enumerable.Range(0, axis.Count - 1).Select(k => (axis[k + 1] - axis[k]) / axis.MedianSpacing).ToList();
        var gaps = Enumerable.Range(0, ratios.Count).Where(k => ratios[k] >= GapOfMissing).ToList();
        if (gaps.Count > 0)
        {
            var missing = gaps.Sum(k => Math.Round(ratios[k]) - 1);
            yield return $"{missing} slices are missing in {gaps.Count} gaps, the first between {axis[gaps[0]]:0.###} and"
                + $" {axis[gaps[0] + 1]:0.###} mm where slices are {axis.MedianSpacing:0.###} mm apart; values are interpolated over the true distance";
        }

        var uneven = ratios.Count(ratio => ratio < GapOfMissing && Math.Abs(ratio - 1) > Unevenness);
        if (uneven > 0)
        {
            yield return $"{uneven} of {ratios.Count} distances between slices differ by more than {Unevenness:0 %} from their median,"
                + $" {axis.MedianSpacing:0.###} mm";
        }
    }
}
