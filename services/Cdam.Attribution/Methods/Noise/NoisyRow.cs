using System.Numerics;
using System.Numerics.Tensors;

namespace Cdam.Attribution.Methods.Noise;

/// <summary>What is done to one token of d values, which stays in the nearest cache meanwhile.</summary>
internal static class NoisyRow
{
    /// <summary>noise ← original + deviation × noise.</summary>
    public static void ScaleAndAdd(Span<float> noise, ReadOnlySpan<float> original, float deviation) =>
        TensorPrimitives.MultiplyAdd(noise, deviation, original, noise);

    /// <summary>Mean and 1 / √(variance + ε), by two passes: no cancellation.</summary>
    public static (float Mean, float ReciprocalDeviation) Statistics(ReadOnlySpan<float> row, double epsilon)
    {
        var mean = TensorPrimitives.Sum(row) / row.Length;
        var center = new Vector<float>(mean);
        var squares = Vector<float>.Zero;
        var i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var difference = new Vector<float>(row[i..]) - center;
            squares += difference * difference;
        }

        var sum = Vector.Sum(squares);
        for (; i < row.Length; i++)
        {
            sum += (row[i] - mean) * (row[i] - mean);
        }

        return (mean, (float)(1 / Math.Sqrt(sum / row.Length + epsilon)));
    }
}
