namespace Cdam.Evaluator.Requests;

/// <summary>The percentages of pixels at which curves are traced.</summary>
internal static class Percentages
{
    // A rank plan numbers its steps in one byte, of which one value means never.
    private const int Most = 255;

    private static readonly double[] Default = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100];

    internal static double[] OrDefault(IReadOnlyCollection<double> percents) => percents.Count == 0 ? Default : [.. percents];

    /// <param name="percents">None means the default.</param>
    /// <param name="field">Their path in the request.</param>
    internal static void Check(IReadOnlyList<double> percents, string field = "percents")
    {
        if (percents.Count is 1 or > Most)
        {
            throw RequestFault.Of(field, $"{percents.Count} percentages; 2 to {Most} are permitted, or none for 0, 10, …, 100.");
        }

        for (var i = 0; i < percents.Count; i++)
        {
            if (!(percents[i] is >= 0 and <= 100))
            {
                throw RequestFault.Of($"{field}[{i}]", $"{percents[i]}; 0 to 100 is permitted.");
            }

            if (i > 0 && percents[i] <= percents[i - 1])
            {
                throw RequestFault.Of($"{field}[{i}]", $"{percents[i]} after {percents[i - 1]}; each must be larger than the one before.");
            }
        }
    }
}
