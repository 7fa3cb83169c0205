using Cdam.Evaluator.Requests;
using Cdam.V1;

namespace Cdam.Evaluator.Tuning;

/// <summary>The noise levels that are compared.</summary>
internal static class NoiseLevels
{
    private const int Most = 64;

    // About evenly spread in their logarithm, with the defaults of Smooth CDAM (0.05) and SmoothGrad (0.15) among them.
    private static readonly float[] Default = [0.01f, 0.02f, 0.05f, 0.1f, 0.15f, 0.2f, 0.3f, 0.5f];

    internal static IReadOnlyList<float> OrDefault(IReadOnlyCollection<float> levels) => levels.Count == 0 ? Default : [.. levels];

    /// <param name="levels">None means the default.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the position, the value and the rule.</exception>
    internal static void Check(IReadOnlyList<float> levels)
    {
        if (levels.Count is 1 or > Most)
        {
            throw RequestFault.Of("noise_levels", $"{levels.Count} levels; 2 to {Most} are permitted, or none for {string.Join(", ", Default)}.");
        }

        for (var i = 0; i < levels.Count; i++)
        {
            if (!(levels[i] is > 0 and <= 1))
            {
                throw RequestFault.Of($"noise_levels[{i}]", $"{levels[i]}; more than 0, at most 1 is permitted.");
            }

            if (i > 0 && levels[i] <= levels[i - 1])
            {
                throw RequestFault.Of($"noise_levels[{i}]", $"{levels[i]} after {levels[i - 1]}; each must be larger than the one before.");
            }
        }
    }

    /// <summary>Whether these methods add noise, whose level is open.</summary>
    /// <param name="asked">As the client sent them, by their names.</param>
    /// <param name="known">What the explainer says of them, in their order.</param>
    internal static void CheckMethods(IReadOnlyList<MethodSpec> asked, IReadOnlyList<Method> known)
    {
        for (var i = 0; i < asked.Count; i++)
        {
            if (known[i].Parameters.All(parameter => parameter.Name != "noise_level"))
            {
                throw RequestFault.Of($"settings.methods[{i}].name", $"'{asked[i].Name}' has no noise_level to choose.");
            }

            if (asked[i].HasNoiseLevel)
            {
                throw RequestFault.Of($"settings.methods[{i}].noise_level", $"{asked[i].NoiseLevel}; it is what is chosen, so it must be left out.");
            }

            if (asked[i].Noise is not null)
            {
                throw RequestFault.Of($"settings.methods[{i}].noise", "is set; noise of its own has no level to choose.");
            }
        }
    }
}
