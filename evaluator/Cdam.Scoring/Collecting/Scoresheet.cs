using Cdam.Scoring.Metrics;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Planning;
using Cdam.Scoring.Statistics;

namespace Cdam.Scoring.Collecting;

/// <summary>
/// Takes the logits of a plan's perturbations in any order, and gives each map's curves and metrics once they are complete. Not for several
/// threads at once.
/// </summary>
/// <param name="plan">What was asked for.</param>
/// <param name="logitCount">Logits in each answer, at least 1: of the outputs that are read, in an order that the caller keeps.</param>
public sealed class Scoresheet(PerturbationPlan plan, int logitCount)
{
    private readonly float[] _logits = new float[checked(plan.ForwardPasses * AtLeastOne(logitCount))];
    private readonly bool[] _answered = new bool[plan.ForwardPasses];
    private readonly int[] _missing = CountReaders(plan);

    /// <summary>Answers that have not come.</summary>
    public int Outstanding { get; private set; } = plan.ForwardPasses;

    /// <summary>Takes an answer.</summary>
    /// <param name="perturbation">Position in the plan's perturbations.</param>
    /// <param name="step">The rank plan's step, from 0; 0 for other perturbations.</param>
    /// <param name="logits">As many as the sheet was made for, finite.</param>
    /// <returns>Positions of the maps that this answer completes.</returns>
    /// <exception cref="UnexpectedAnswerException">The answer came before, was not asked for, or has not these logits. The sheet is as before.</exception>
    public IReadOnlyList<int> Add(int perturbation, int step, ReadOnlySpan<float> logits)
    {
        if (plan.AnswerOf(perturbation, step) is not { } answer)
        {
            throw new UnexpectedAnswerException($"Perturbation {perturbation}, step {step} was never asked for.");
        }

        if (_answered[answer])
        {
            throw new UnexpectedAnswerException($"Perturbation {perturbation}, step {step} was answered before.");
        }

        CheckLogits(perturbation, step, logits);
        logits.CopyTo(_logits.AsSpan(answer * logitCount));
        _answered[answer] = true;
        Outstanding--;
        return [.. plan.ReadersOf(answer).Maps(plan.MapCount).Where(map => --_missing[map] == 0)];
    }

    /// <summary>Whether every answer that a map reads has come.</summary>
    /// <param name="map">Position among the plan's maps.</param>
    public bool IsComplete(int map) => _missing[map] == 0;

    /// <summary>A map's fidelity curves.</summary>
    /// <param name="map">Whose map ranks: position among the plan's maps.</param>
    /// <param name="logit">Which logit is read: position in each answer.</param>
    /// <exception cref="InvalidOperationException">Answers are missing, or the plan has no percentages.</exception>
    public FidelityCurves Fidelity(int map, int logit)
    {
        CheckReadable(map, logit);
        return plan.Percents.Count > 0
            ? new FidelityCurves([.. plan.Percents], Curve(map, PixelOrder.MostImportantFirst, logit), Curve(map, PixelOrder.LeastImportantFirst, logit))
            : throw new InvalidOperationException("The plan has no percentages, so there are no curves.");
    }

    /// <summary>A map's box sensitivity.</summary>
    /// <param name="map">Whose map is summed: position among the plan's maps.</param>
    /// <param name="logit">Which logit is read: position in each answer.</param>
    /// <exception cref="InvalidOperationException">Answers are missing, or the plan has no boxes.</exception>
    public BoxSensitivity Boxes(int map, int logit)
    {
        CheckReadable(map, logit);
        var reference = Logit(plan.DropReference ?? throw new InvalidOperationException("The plan has no boxes."), logit);
        var correlations = new double[plan.Boxes.Count];
        for (var side = 0; side < correlations.Length; side++)
        {
            var drops = Array.ConvertAll(plan.BoxAnswers[side], answer => reference - Logit(answer, logit));
            correlations[side] = PearsonCorrelation.Of(plan.BoxSums(map, side), drops);
        }

        return new BoxSensitivity([.. plan.Boxes.Select(boxes => (double)boxes.Side)], correlations);
    }

    /// <summary>The metrics of a map that the plan allows: those of curves, those of boxes, or both.</summary>
    /// <inheritdoc cref="Fidelity"/>
    public IReadOnlyList<MetricValue> Metrics(int map, int logit) =>
    [
        .. plan.Percents.Count > 0 ? Fidelity(map, logit).Metrics : [],
        .. plan.Boxes.Count > 0 ? Boxes(map, logit).Metrics : [],
    ];

    /// <summary>How much worse the wrong class's map foretells the right class's logit.</summary>
    /// <param name="rightMap">The map of the class whose logit is read.</param>
    /// <param name="wrongMap">The same method's map of the other class.</param>
    /// <param name="logit">The right class's logit: position in each answer.</param>
    /// <exception cref="InvalidOperationException">Answers are missing.</exception>
    public IReadOnlyList<MetricValue> Discrimination(int rightMap, int wrongMap, int logit)
    {
        var values = new List<MetricValue>();
        if (plan.Percents.Count > 0)
        {
            var (right, wrong) = (Fidelity(rightMap, logit).AreaBetween, Fidelity(wrongMap, logit).AreaBetween);
            values.Add(new(FidelityDiscrimination.Definition, FidelityDiscrimination.Of(right, wrong)));
        }

        if (plan.Boxes.Count > 0)
        {
            var (right, wrong) = (Boxes(rightMap, logit).Area, Boxes(wrongMap, logit).Area);
            values.Add(new(BoxDiscrimination.Definition, BoxDiscrimination.Of(right, wrong)));
        }

        return values;
    }

    private double[] Curve(int map, PixelOrder order, int logit) =>
        [.. Enumerable.Range(0, plan.Percents.Count).Select(percent => Logit(plan.CurveAnswers[map, (int)order, percent], logit))];

    private double Logit(int answer, int logit) => _logits[(answer * logitCount) + logit];

    private void CheckReadable(int map, int logit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(logit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(logit, logitCount);
        if (!IsComplete(map))
        {
            throw new InvalidOperationException($"Map {map} misses {_missing[map]} answers; it can be measured once all have come.");
        }
    }

    private void CheckLogits(int perturbation, int step, ReadOnlySpan<float> logits)
    {
        var finite = true;
        foreach (var logit in logits)
        {
            finite &= float.IsFinite(logit);
        }

        if (logits.Length != logitCount || !finite)
        {
            throw new UnexpectedAnswerException(
                $"Perturbation {perturbation}, step {step} gives [{string.Join(", ", logits.ToArray())}]; {logitCount} finite logits were asked for.");
        }
    }

    private static int AtLeastOne(int logitCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(logitCount, 1);
        return logitCount;
    }

    private static int[] CountReaders(PerturbationPlan plan)
    {
        var missing = new int[plan.MapCount];
        for (var answer = 0; answer < plan.ForwardPasses; answer++)
        {
            foreach (var map in plan.ReadersOf(answer).Maps(plan.MapCount))
            {
                missing[map]++;
            }
        }

        return missing;
    }
}
