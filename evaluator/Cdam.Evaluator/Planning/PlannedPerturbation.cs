using Cdam.Scoring.Perturbations;

namespace Cdam.Evaluator.Planning;

/// <summary>A perturbation to be asked for.</summary>
/// <param name="StepCount">Forward passes that it takes.</param>
internal abstract record PlannedPerturbation(int StepCount)
{
    /// <summary>The picture as it is.</summary>
    internal sealed record Untouched() : PlannedPerturbation(1);

    /// <summary>The baseline itself.</summary>
    internal sealed record EveryPixel() : PlannedPerturbation(1);

    /// <summary>Growing sets of pixels.</summary>
    internal sealed record Ranked(RankPlan Plan) : PlannedPerturbation(Plan.StepCount);
}
