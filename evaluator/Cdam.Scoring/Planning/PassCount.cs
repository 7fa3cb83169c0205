namespace Cdam.Scoring.Planning;

/// <summary>Forward passes that an image takes, as far as they are known before its maps are.</summary>
public static class PassCount
{
    /// <summary>
    /// Of a loop that shares nothing: for each map both orders × percents, and the boxes with the picture as it is (that one only if no
    /// percentage is 0).
    /// </summary>
    /// <param name="maps">Methods × targets.</param>
    /// <param name="percents">Of the curves; none for no curves.</param>
    /// <param name="boxes">Of all sides; 0 for no boxes.</param>
    public static int Naive(int maps, IReadOnlyList<double> percents, int boxes)
    {
        ArgumentNullException.ThrowIfNull(percents);
        var reference = boxes > 0 && !percents.Contains(0) ? 1 : 0;
        return checked(maps * ((2 * percents.Count) + boxes + reference));
    }

    /// <summary>Of a plan at most: boxes, the picture as it is and its baseline are shared by all maps; equal rankings may save more.</summary>
    /// <param name="maps">As for <see cref="Naive"/>; so for the others.</param>
    public static int PlannedAtMost(int maps, IReadOnlyList<double> percents, int boxes)
    {
        ArgumentNullException.ThrowIfNull(percents);
        var ends = (boxes > 0 || percents.Contains(0) ? 1 : 0) + (percents.Contains(100) ? 1 : 0);
        return checked((maps * 2 * percents.Count(percent => percent is > 0 and < 100)) + boxes + ends);
    }
}
