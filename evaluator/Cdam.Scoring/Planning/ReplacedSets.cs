using System.Buffers.Binary;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Randomness;

namespace Cdam.Scoring.Planning;

/// <summary>
/// The sets of pixels that are already planned. Sets are found by the sum of a random number for each of their pixels (Zobrist hashing),
/// which does not depend on their order, and compared pixel by pixel before they count as equal.
/// </summary>
internal sealed class ReplacedSets
{
    private const int Run = sizeof(ulong);

    // Sums of the numbers of all pixels before one: the difference of two is the sum of a run.
    private readonly ulong[] _before;
    private readonly Dictionary<ulong, List<(RankPlan Plan, int Step, int Answer)>> _known = [];

    internal ReplacedSets(int pixels)
    {
        _before = new ulong[pixels + 1];
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            _before[pixel + 1] = _before[pixel] + CounterRandom.Word(key: 0, (ulong)pixel);
        }
    }

    /// <summary>A hash for the set of each step.</summary>
    internal ulong[] Hashes(RankPlan plan)
    {
        Span<ulong> added = stackalloc ulong[RankPlan.Never + 1];
        added.Clear();
        var firstStep = plan.FirstStep.Span;
        var pixel = 0;
        for (; pixel <= firstStep.Length - Run; pixel += Run)
        {
            // Pixels of a patch mostly share a step.
            if (BinaryPrimitives.ReadUInt64LittleEndian(firstStep[pixel..]) == firstStep[pixel] * 0x0101_0101_0101_0101UL)
            {
                added[firstStep[pixel]] += _before[pixel + Run] - _before[pixel];
                continue;
            }

            for (var i = pixel; i < pixel + Run; i++)
            {
                added[firstStep[i]] += _before[i + 1] - _before[i];
            }
        }

        for (; pixel < firstStep.Length; pixel++)
        {
            added[firstStep[pixel]] += _before[pixel + 1] - _before[pixel];
        }

        var hashes = new ulong[plan.StepCount];
        var hash = 0UL;
        for (var step = 0; step < hashes.Length; step++)
        {
            hashes[step] = hash += added[step];
        }

        return hashes;
    }

    /// <summary>The answer that already has these pixels replaced; null if there is none.</summary>
    internal int? Find(ulong hash, RankPlan plan, int step)
    {
        foreach (var known in _known.GetValueOrDefault(hash, []))
        {
            if (plan.ReplacesAlike(step, known.Plan, known.Step))
            {
                return known.Answer;
            }
        }

        return null;
    }

    internal void Add(ulong hash, RankPlan plan, int step, int answer)
    {
        if (!_known.TryGetValue(hash, out var sets))
        {
            _known[hash] = sets = [];
        }

        sets.Add((plan, step, answer));
    }
}
