using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Planning;

/// <summary>Gathers the distinct perturbations of a plan. Answers are numbered through in the order of perturbations and steps.</summary>
internal sealed class PlanBuilder
{
    private readonly Dictionary<PlannedPerturbation, int> _single = [];
    private readonly ReplacedSets _sets;
    private readonly int[] _counts;
    private readonly int[] _innerCounts;
    private readonly int _pixels;

    internal PlanBuilder(IReadOnlyList<PixelMap> maps, IReadOnlyList<double> percents, IReadOnlyList<SquareBoxes> boxes)
    {
        (Maps, Percents, Boxes) = (maps, percents, boxes);
        _pixels = maps[0].Height * maps[0].Width;
        _counts = [.. percents.Select(percent => PixelCount.Of(_pixels, percent))];
        _innerCounts = [.. _counts.Where(count => count > 0 && count < _pixels).Distinct()];
        _sets = new ReplacedSets(_pixels);
        CurveAnswers = new int[maps.Count, 2, percents.Count];
        if (boxes.Count > 0)
        {
            DropReference = FindOrAdd(new PlannedPerturbation.Untouched());
            Readers[DropReference.Value].IsDropReference = true;
        }

        AddCurves();
        BoxAnswers = [.. boxes.Select(AddBoxes)];
    }

    internal IReadOnlyList<PixelMap> Maps { get; }

    internal IReadOnlyList<double> Percents { get; }

    internal IReadOnlyList<SquareBoxes> Boxes { get; }

    internal List<PlannedPerturbation> Perturbations { get; } = [];

    internal List<int> FirstAnswers { get; } = [];

    internal List<AnswerReaders> Readers { get; } = [];

    internal int[,,] CurveAnswers { get; }

    internal int[][] BoxAnswers { get; }

    internal int? DropReference { get; }

    /// <summary>By map, side and box.</summary>
    internal double[][][] BoxSums()
    {
        if (Boxes.Count == 0)
        {
            return [];
        }

        var area = new SummedArea(Maps[0].Height, Maps[0].Width);
        return
        [
            .. Maps.Select(map =>
            {
                area.Load(map);
                return Boxes.Select(side => Enumerable.Range(0, side.Corners.Count).Select(box => area.Within(side[box])).ToArray()).ToArray();
            }),
        ];
    }

    private void AddCurves()
    {
        if (_counts.Length == 0)
        {
            return;
        }

        var steps = new FirstSteps(_innerCounts, _pixels);
        for (var map = 0; map < Maps.Count; map++)
        {
            var (most, least) = _innerCounts.Length > 0 ? steps.Of(Maps[map]) : (null, null);
            AddCurve(map, PixelOrder.MostImportantFirst, most);
            AddCurve(map, PixelOrder.LeastImportantFirst, least);
        }
    }

    /// <param name="plan">Of the inner counts; null where there are none.</param>
    private void AddCurve(int map, PixelOrder order, RankPlan? plan)
    {
        var answers = plan is null ? [] : AnswersOf(plan);
        for (var percent = 0; percent < _counts.Length; percent++)
        {
            var count = _counts[percent];
            var answer = count == 0 ? FindOrAdd(new PlannedPerturbation.Untouched())
                : count == _pixels ? FindOrAdd(new PlannedPerturbation.EveryPixel())
                : answers[Array.IndexOf(_innerCounts, count)];
            CurveAnswers[map, (int)order, percent] = answer;
            Readers[answer].Add(new CurveReader(map, order, percent));
        }
    }

    /// <summary>Plans those of a ranking's sets that no other ranking has replaced.</summary>
    private int[] AnswersOf(RankPlan plan)
    {
        var hashes = _sets.Hashes(plan);
        var known = Enumerable.Range(0, plan.StepCount).Select(step => _sets.Find(hashes[step], plan, step)).ToArray();
        int[] unknown = [.. Enumerable.Range(0, plan.StepCount).Where(step => known[step] is null)];
        if (unknown.Length > 0)
        {
            plan = unknown.Length == plan.StepCount ? plan : plan.Only(unknown);
            var first = Add(new PlannedPerturbation.Ranked(plan));
            for (var step = 0; step < unknown.Length; step++)
            {
                known[unknown[step]] = first + step;
                _sets.Add(hashes[unknown[step]], plan, step, first + step);
            }
        }

        return [.. known.Select(answer => answer!.Value)];
    }

    private int[] AddBoxes(SquareBoxes boxes, int side)
    {
        var answers = new int[boxes.Corners.Count];
        for (var box = 0; box < answers.Length; box++)
        {
            answers[box] = FindOrAdd(boxes.Side == Maps[0].Height && boxes.Side == Maps[0].Width
                ? new PlannedPerturbation.EveryPixel()
                : new PlannedPerturbation.Boxed(boxes[box]));
            Readers[answers[box]].Add(new BoxReader(side, box));
        }

        return answers;
    }

    /// <returns>The answer of a perturbation of one step.</returns>
    private int FindOrAdd(PlannedPerturbation single)
    {
        if (!_single.TryGetValue(single, out var answer))
        {
            _single[single] = answer = Add(single);
        }

        return answer;
    }

    /// <returns>The first of its answers.</returns>
    private int Add(PlannedPerturbation perturbation)
    {
        var first = Readers.Count;
        Perturbations.Add(perturbation);
        FirstAnswers.Add(first);
        Readers.AddRange(Enumerable.Range(0, perturbation.StepCount).Select(_ => new AnswerReaders()));
        return first;
    }
}
