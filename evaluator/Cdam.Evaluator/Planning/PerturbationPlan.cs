using Cdam.Evaluator.Explaining;
using Cdam.Scoring.Perturbations;

namespace Cdam.Evaluator.Planning;

/// <summary>
/// The distinct perturbations behind the curves of all methods: the ends of all curves are shared, and so are rankings that replace
/// the same pixels at every step. Each is asked for once.
/// </summary>
internal sealed class PerturbationPlan
{
    private static readonly PixelOrder[] Orders = [PixelOrder.MostImportantFirst, PixelOrder.LeastImportantFirst];

    private readonly List<PlannedPerturbation> _perturbations = [];
    private readonly Dictionary<(int Perturbation, int Step), List<CurveCell>> _cells = [];

    private PerturbationPlan(int naiveForwardPasses) => NaiveForwardPasses = naiveForwardPasses;

    internal IReadOnlyList<PlannedPerturbation> Perturbations => _perturbations;

    internal int ForwardPasses => _perturbations.Sum(perturbation => perturbation.StepCount);

    /// <summary>Methods × orders × percentages.</summary>
    internal int NaiveForwardPasses { get; }

    /// <summary>Answers that <see cref="TakeCells"/> has not been asked about.</summary>
    internal int Outstanding => _cells.Count;

    /// <param name="maps">Of one picture.</param>
    /// <param name="percents">Ascending.</param>
    internal static PerturbationPlan Of(IReadOnlyList<ScoreMap> maps, IReadOnlyList<double> percents)
    {
        var plan = new PerturbationPlan(maps.Count * Orders.Length * percents.Count);
        for (var method = 0; method < maps.Count; method++)
        {
            var pixels = maps[method].PixelScores;
            var counts = percents.Select(percent => PixelCount.Of(pixels.Length, percent)).ToArray();
            foreach (var order in Orders)
            {
                plan.AddCurve(method, order, pixels, counts);
            }
        }

        return plan;
    }

    /// <summary>The points that an answer belongs to; empty where nothing (or nothing more) was asked for under these numbers.</summary>
    internal IReadOnlyList<CurveCell> TakeCells(int perturbation, int step) =>
        _cells.Remove((perturbation, step), out var cells) ? cells : [];

    private void AddCurve(int method, PixelOrder order, float[] pixels, int[] counts)
    {
        int[] inner = [.. counts.Where(count => count > 0 && count < pixels.Length).Distinct()];
        var ranked = inner.Length > 0 ? FindOrAdd(RankPlan.Encode(Ranking.OfPixels(pixels, order), inner)) : -1;
        for (var percent = 0; percent < counts.Length; percent++)
        {
            var count = counts[percent];
            var answer = count == 0 ? (FindOrAdd(new PlannedPerturbation.Untouched()), 0)
                : count == pixels.Length ? (FindOrAdd(new PlannedPerturbation.EveryPixel()), 0)
                : (ranked, Array.IndexOf(inner, count));
            if (!_cells.TryGetValue(answer, out var cells))
            {
                _cells[answer] = cells = [];
            }

            cells.Add(new CurveCell(method, order, percent));
        }
    }

    private int FindOrAdd(RankPlan plan)
    {
        var found = _perturbations.FindIndex(known => known is PlannedPerturbation.Ranked ranked && ranked.Plan.ReplacesAlike(plan));
        return found >= 0 ? found : Add(new PlannedPerturbation.Ranked(plan));
    }

    private int FindOrAdd(PlannedPerturbation end)
    {
        var found = _perturbations.IndexOf(end);
        return found >= 0 ? found : Add(end);
    }

    private int Add(PlannedPerturbation perturbation)
    {
        _perturbations.Add(perturbation);
        return _perturbations.Count - 1;
    }
}
