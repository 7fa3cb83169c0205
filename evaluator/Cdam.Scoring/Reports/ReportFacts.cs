using System.Globalization;

namespace Cdam.Scoring.Reports;

/// <summary>How something was measured, to be shown beside its tables.</summary>
/// <param name="Benchmark">Its name.</param>
/// <param name="Model">Its name.</param>
/// <param name="Measured">Images.</param>
/// <param name="Failed">Images that could not be measured.</param>
/// <param name="Methods">Names.</param>
/// <param name="Percents">Percentages of pixels replaced.</param>
/// <param name="Boxes">Sides, number and seed of the boxes; null without boxes.</param>
/// <param name="ForwardPasses">Of perturbed pictures.</param>
/// <param name="NaiveForwardPasses">The same without sharing.</param>
/// <param name="Bytes">Of messages to and from explainers; null where nobody counted.</param>
/// <param name="Time">From its start to its end, or to now.</param>
/// <param name="Processor">Processor time of the evaluator and, where it is known, of the explainer's passes; null where unknown.</param>
public sealed record ReportFacts(
    string Benchmark, string Model, int Measured, int Failed, IReadOnlyList<string> Methods, IReadOnlyList<double> Percents,
    (IReadOnlyList<double> Sides, int Each, ulong Seed)? Boxes, long ForwardPasses, long NaiveForwardPasses,
    (long Sent, long Received)? Bytes, TimeSpan Time,
    (TimeSpan Evaluator, TimeSpan? Explainer)? Processor)
{
    /// <summary>Name and value, line by line.</summary>
    public IReadOnlyList<(string Name, string Value)> Lines =>
    [
        ("benchmark", Benchmark),
        ("model", Model),
        ("images", $"{Measured} measured, {Failed} failed"),
        ("methods", string.Join(", ", Methods)),
        ("percentages", Numbers(Percents)),
        ("boxes", Boxes is { } boxes ? $"{boxes.Each} of each side, sides {Numbers(boxes.Sides)} pixels, seed {boxes.Seed}" : "none"),
        ("forward passes", string.Create(CultureInfo.InvariantCulture,
            $"{ForwardPasses}; {NaiveForwardPasses} without sharing, {(double)NaiveForwardPasses / Math.Max(1, ForwardPasses):0.0} times as many")),
        ("bytes an image", Bytes is { } bytes && Measured > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes.Sent / Measured} to the explainers, {bytes.Received / Measured} from them")
            : "unknown"),
        ("time", Time.ToString(Time < TimeSpan.FromDays(1) ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture)),
        ("processor time", ProcessorText()),
    ];

    private string ProcessorText() => Processor switch
    {
        null => "unknown",
        { Evaluator: var evaluator, Explainer: { } explainer } => string.Create(CultureInfo.InvariantCulture,
            $"{explainer.TotalSeconds:0.0} s in the explainer's passes, {evaluator.TotalSeconds:0.0} s outside, {Share(evaluator, explainer):0.0} % of all"),
        { Evaluator: var evaluator } => string.Create(CultureInfo.InvariantCulture, $"{evaluator.TotalSeconds:0.0} s of the evaluator"),
    };

    private static double Share(TimeSpan evaluator, TimeSpan explainer) =>
        evaluator + explainer > TimeSpan.Zero ? 100 * (evaluator / (evaluator + explainer)) : 0;

    private static string Numbers(IEnumerable<double> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
