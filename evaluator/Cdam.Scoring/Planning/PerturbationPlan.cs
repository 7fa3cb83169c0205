using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Planning;

/// <summary>
/// The distinct perturbations behind the curves and box correlations of several maps of one picture, each asked for once: boxes serve all
/// maps; the picture as it is and its baseline serve all curves; sets of pixels that two rankings share serve both. Which logit is read is
/// open, since a forward pass gives all of them: a map of the wrong class is just another map.
/// </summary>
public sealed class PerturbationPlan
{
    private readonly int[] _firstAnswers;
    private readonly AnswerReaders[] _readers;
    private readonly double[][][] _boxSums;

    internal PerturbationPlan(PlanBuilder built)
    {
        (MapCount, Percents, Boxes) = (built.Maps.Count, built.Percents, built.Boxes);
        (Perturbations, _firstAnswers, _readers) = (built.Perturbations, [.. built.FirstAnswers], [.. built.Readers]);
        (CurveAnswers, BoxAnswers, DropReference) = (built.CurveAnswers, built.BoxAnswers, built.DropReference);
        _boxSums = built.BoxSums();
    }

    /// <summary>To be asked for; an answer names its perturbation by position.</summary>
    public IReadOnlyList<PlannedPerturbation> Perturbations { get; }

    /// <summary>Number of maps, which readers name by position.</summary>
    public int MapCount { get; }

    /// <summary>Percentages of pixels replaced, ascending; empty without curves.</summary>
    public IReadOnlyList<double> Percents { get; }

    /// <summary>Boxes by side, ascending; empty without boxes.</summary>
    public IReadOnlyList<SquareBoxes> Boxes { get; }

    /// <summary>Forward passes that all perturbations take: as many answers as must come.</summary>
    public int ForwardPasses => _readers.Length;

    /// <summary>Forward passes of a loop that shares nothing.</summary>
    public int NaiveForwardPasses => PassCount.Naive(MapCount, Percents, Boxes.Sum(side => side.Corners.Count));

    /// <summary>By map, order and percentage.</summary>
    internal int[,,] CurveAnswers { get; }

    /// <summary>By side and box.</summary>
    internal int[][] BoxAnswers { get; }

    /// <summary>The answer that drops are measured from; null without boxes.</summary>
    internal int? DropReference { get; }

    /// <summary>Plans an image. The maps are read here and not kept.</summary>
    /// <param name="maps">At least one, all of one size: typically methods × targets, in an order that the caller keeps.</param>
    /// <param name="percents">2 to 255 percentages, 0 to 100, ascending; none for no curves.</param>
    /// <param name="boxes">At least two sides, ascending, each with at least two boxes within the picture; none for no boxes.</param>
    /// <exception cref="ArgumentException">What is wrong, with its position.</exception>
    public static PerturbationPlan Of(IReadOnlyList<PixelMap> maps, IReadOnlyList<double> percents, IReadOnlyList<SquareBoxes> boxes)
    {
        PlanCheck.Check(maps, percents, boxes);
        return new PerturbationPlan(new PlanBuilder(maps, percents, boxes));
    }

    /// <summary>Who reads an answer.</summary>
    /// <param name="perturbation">Position in <see cref="Perturbations"/>.</param>
    /// <param name="step">From 0, below its step count.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such answer.</exception>
    public AnswerReaders ReadersOf(int perturbation, int step) =>
        _readers[AnswerOf(perturbation, step) ?? throw new ArgumentOutOfRangeException(nameof(perturbation), perturbation, $"Has no step {step} in this plan.")];

    /// <summary>Position of an answer among all; null if there is none.</summary>
    internal int? AnswerOf(int perturbation, int step) =>
        perturbation >= 0 && perturbation < Perturbations.Count && step >= 0 && step < Perturbations[perturbation].StepCount
            ? _firstAnswers[perturbation] + step
            : null;

    internal AnswerReaders ReadersOf(int answer) => _readers[answer];

    /// <summary>A map's summed scores in each box of a side.</summary>
    internal ReadOnlySpan<double> BoxSums(int map, int side) => _boxSums[map][side];
}
