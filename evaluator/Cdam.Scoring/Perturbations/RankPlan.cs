using System.Numerics;

namespace Cdam.Scoring.Perturbations;

/// <summary>A ranking reduced to what a curve needs: for each pixel the first step at which it is replaced.</summary>
public sealed class RankPlan
{
    /// <summary>The byte of a pixel that no step replaces.</summary>
    public const byte Never = 255;

    private RankPlan(int stepCount, byte[] firstStep)
    {
        StepCount = stepCount;
        FirstStep = firstStep;
    }

    /// <summary>Number of steps, 1 to 255.</summary>
    public int StepCount { get; }

    /// <summary>A byte for each pixel, row-major: step k replaces all pixels whose byte is at most k.</summary>
    public ReadOnlyMemory<byte> FirstStep { get; }

    /// <summary>Encodes the steps of a curve.</summary>
    /// <param name="ranking">Every pixel index once, the first to be replaced first.</param>
    /// <param name="counts">Pixels replaced at each step, ascending, 1 to 255 of them.</param>
    public static RankPlan Encode(ReadOnlySpan<int> ranking, ReadOnlySpan<int> counts)
    {
        if (counts.Length is < 1 or > 255)
        {
            throw new ArgumentException($"{counts.Length} steps; a plan holds 1 to 255.", nameof(counts));
        }

        var firstStep = new byte[ranking.Length];
        Array.Fill(firstStep, Never);
        var replaced = 0;
        for (var step = 0; step < counts.Length; step++)
        {
            CheckCount(counts[step], replaced, ranking.Length);
            for (; replaced < counts[step]; replaced++)
            {
                firstStep[ranking[replaced]] = (byte)step;
            }
        }

        return new RankPlan(counts.Length, firstStep);
    }

    /// <summary>Takes first steps that are known. Not copied: must not change afterwards.</summary>
    internal static RankPlan OfFirstSteps(int stepCount, byte[] firstStep) => new(stepCount, firstStep);

    /// <summary>The same sets of pixels at some of the steps.</summary>
    /// <param name="steps">Which, ascending, at least one.</param>
    internal RankPlan Only(ReadOnlySpan<int> steps)
    {
        var renumbered = new byte[Never + 1];
        for (int step = 0, kept = 0; step <= Never; step++)
        {
            while (kept < steps.Length && steps[kept] < step)
            {
                kept++;
            }

            renumbered[step] = kept < steps.Length ? (byte)kept : Never;
        }

        return new RankPlan(steps.Length, Array.ConvertAll(FirstStep.ToArray(), step => renumbered[step]));
    }

    /// <summary>True where both plans replace the same pixels at every step.</summary>
    public bool ReplacesAlike(RankPlan other) => StepCount == other.StepCount && FirstStep.Span.SequenceEqual(other.FirstStep.Span);

    /// <summary>True where a step of this plan replaces the same pixels as a step of another.</summary>
    internal bool ReplacesAlike(int step, RankPlan other, int otherStep)
    {
        var mine = FirstStep.Span;
        var theirs = other.FirstStep.Span;
        var (threshold, otherThreshold) = (new Vector<byte>((byte)step), new Vector<byte>((byte)otherStep));
        var pixel = 0;
        for (; pixel <= mine.Length - Vector<byte>.Count; pixel += Vector<byte>.Count)
        {
            var replaced = Vector.LessThanOrEqual(new Vector<byte>(mine[pixel..]), threshold);
            if (replaced != Vector.LessThanOrEqual(new Vector<byte>(theirs[pixel..]), otherThreshold))
            {
                return false;
            }
        }

        for (; pixel < mine.Length; pixel++)
        {
            if (mine[pixel] <= step != theirs[pixel] <= otherStep)
            {
                return false;
            }
        }

        return true;
    }

    private static void CheckCount(int count, int preceding, int pixels)
    {
        if (count < preceding || count > pixels)
        {
            throw new ArgumentException($"A step replaces {count} pixels; counts ascend ({preceding} came before) to at most {pixels}.");
        }
    }
}
