namespace Cdam.Training.Fitting;

/// <summary>Schedules: factors on the base learning rate as functions of the time, which is counted in epochs, with fractions.</summary>
public static class LearningRate
{
    /// <summary>Rises from 0 over the warm-up, then falls along half a cosine to <paramref name="floor"/> (Loshchilov and Hutter 2017).</summary>
    /// <param name="epochs">Length of the whole training, above <paramref name="warmup"/>.</param>
    /// <param name="warmup">Epochs of the rise; 0 for none.</param>
    /// <param name="floor">Factor at the end, 0 to 1.</param>
    public static Func<double, double> WarmupCosine(double epochs, double warmup, double floor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmup);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(epochs, warmup);
        ArgumentOutOfRangeException.ThrowIfNegative(floor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(floor, 1);
        return time => time < warmup
            ? time / warmup
            : floor + (1 - floor) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, (time - warmup) / (epochs - warmup))));
    }

    /// <summary>Multiplied by <paramref name="decay"/> after each whole epoch: the main text's schedule for lung CT, with 0.95.</summary>
    /// <param name="decay">Above 0, at most 1.</param>
    public static Func<double, double> Exponential(double decay)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decay, 1);
        return time => Math.Pow(decay, Math.Floor(time));
    }

    /// <summary>
    /// Swings linearly between <paramref name="floor"/> and 1, the height halved after each cycle: <c>triangular2</c> of Smith 2017, the
    /// appendix's schedule for lung CT.
    /// </summary>
    /// <param name="halfCycle">Epochs from the floor to the top, above 0.</param>
    /// <param name="floor">Factor at the foot, 0 to 1.</param>
    public static Func<double, double> Triangular2(double halfCycle, double floor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(halfCycle);
        ArgumentOutOfRangeException.ThrowIfNegative(floor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(floor, 1);
        return time =>
        {
            var cycle = Math.Floor(time / (2 * halfCycle));
            var height = 1 - Math.Abs(time / halfCycle - 2 * cycle - 1);
            return floor + (1 - floor) * height / Math.Pow(2, cycle);
        };
    }
}
