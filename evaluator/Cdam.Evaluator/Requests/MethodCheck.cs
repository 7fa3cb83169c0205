using Cdam.V1;

namespace Cdam.Evaluator.Requests;

/// <summary>The rules that hold for every method; which parameters a method has is the explainer's to say.</summary>
internal static class MethodCheck
{
    /// <param name="method">The method asked for.</param>
    /// <param name="field">Its path in the request.</param>
    internal static void Check(MethodSpec method, string field)
    {
        if (method.Name.Length == 0)
        {
            throw RequestFault.Of($"{field}.name", "is empty; ListMethods gives the names.");
        }

        if (method.HasSampleCount && method.SampleCount is < 1 or > 1000)
        {
            throw RequestFault.Of($"{field}.sample_count", $"{method.SampleCount}; 1 to 1000 is permitted.");
        }

        if (method.HasNoiseLevel && !(method.NoiseLevel is > 0 and <= 1))
        {
            throw RequestFault.Of($"{field}.noise_level", $"{method.NoiseLevel}; more than 0, at most 1 is permitted.");
        }

        if (!Enum.IsDefined(method.TokenSpace))
        {
            throw RequestFault.Of($"{field}.token_space", $"{(int)method.TokenSpace} is no TokenSpace.");
        }

        if (method.Noise is { } noise)
        {
            CheckNoise(method, noise, $"{field}.noise");
        }
    }

    private static void CheckNoise(MethodSpec method, Tensor noise, string field)
    {
        if (method.HasSampleCount || method.HasNoiseLevel || method.HasSeed)
        {
            throw RequestFault.Of(field, "is set beside sample_count, noise_level or seed; it excludes them.");
        }

        if (noise.DataType != TensorDataType.Float32)
        {
            throw RequestFault.Of($"{field}.data_type", $"{noise.DataType}; float32 is required.");
        }

        if (noise.Shape.Count is not (3 or 4) || noise.Shape.Any(extent => extent is < 1 or > int.MaxValue))
        {
            throw RequestFault.Of($"{field}.shape",
                $"[{string.Join(", ", noise.Shape)}]; samples × tokens × embedding_dim, or samples × 3 × height × width, is required.");
        }

        var expected = noise.Shape.Aggregate((Int128)sizeof(float), (bytes, extent) => bytes * extent);
        if (noise.Data.Length != expected)
        {
            throw RequestFault.Of($"{field}.data", $"{noise.Data.Length} bytes; the shape needs {expected}.");
        }
    }
}
