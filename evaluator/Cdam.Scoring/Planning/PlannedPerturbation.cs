using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Planning;

/// <summary>A perturbation to be asked for: what has to be told to whoever holds the picture and its baseline.</summary>
/// <param name="StepCount">Forward passes that it takes, and answers that it gives, at least 1.</param>
public abstract record PlannedPerturbation(int StepCount)
{
    /// <summary>The picture as it is.</summary>
    public sealed record Untouched() : PlannedPerturbation(1);

    /// <summary>The baseline itself.</summary>
    public sealed record EveryPixel() : PlannedPerturbation(1);

    /// <summary>The pixels of a rectangle, four numbers.</summary>
    public sealed record Boxed(PixelBox Box) : PlannedPerturbation(1);

    /// <summary>Growing sets of pixels: a byte for each pixel, once for all steps.</summary>
    public sealed record Ranked(RankPlan Plan) : PlannedPerturbation(Plan.StepCount);

    /// <summary>Perturbs a picture, for whoever evaluates without a network; the inputs stay as they are.</summary>
    /// <param name="step">From 0, below <see cref="StepCount"/>.</param>
    /// <param name="rgb">height × width × 3 bytes, row-major.</param>
    /// <param name="baseline">As many bytes.</param>
    /// <param name="width">Pixels across.</param>
    /// <returns>A new array of the same layout.</returns>
    public byte[] Apply(int step, ReadOnlySpan<byte> rgb, ReadOnlySpan<byte> baseline, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, StepCount);
        var perturbed = rgb.ToArray();
        switch (this)
        {
            case EveryPixel:
                baseline.CopyTo(perturbed);
                break;
            case Boxed { Box: var box }:
                for (var row = box.Top; row < box.Top + box.Height; row++)
                {
                    var start = 3 * ((row * width) + box.Left);
                    baseline.Slice(start, 3 * box.Width).CopyTo(perturbed.AsSpan(start));
                }

                break;
            case Ranked { Plan.FirstStep.Span: var firstStep }:
                for (var pixel = 0; pixel < firstStep.Length; pixel++)
                {
                    if (firstStep[pixel] <= step)
                    {
                        baseline.Slice(3 * pixel, 3).CopyTo(perturbed.AsSpan(3 * pixel));
                    }
                }

                break;
        }

        return perturbed;
    }
}
