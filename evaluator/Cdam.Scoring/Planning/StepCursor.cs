using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Planning;

/// <summary>Says at which step each place of an order is replaced, for places that are asked for in ascending order.</summary>
/// <param name="counts">Pixels replaced at each step, ascending.</param>
internal struct StepCursor(int[] counts)
{
    private int _step;

    /// <param name="place">From 0; not below the place of the call before.</param>
    /// <returns><see cref="RankPlan.Never"/> where no step comes so far.</returns>
    internal byte At(int place)
    {
        while (_step < counts.Length && counts[_step] <= place)
        {
            _step++;
        }

        return _step < counts.Length ? (byte)_step : RankPlan.Never;
    }
}
