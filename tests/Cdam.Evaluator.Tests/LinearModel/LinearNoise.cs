using Cdam.V1;

namespace Cdam.Evaluator.Tests.LinearModel;

/// <summary>Methods with a noise level: their maps rank as <c>cdam</c> does at one level, and the other way round at levels 0.05 from it or more.</summary>
internal static class LinearNoise
{
    public const float BestOfCdam = 0.1f;
    public const float BestOfGrad = 0.3f;

    public static string[] Methods { get; } = ["smooth-cdam", "smooth-grad"];

    public static IEnumerable<float> Add(MethodSpec method, float[] scores)
    {
        if (!Methods.Contains(method.Name))
        {
            return scores;
        }

        var wrong = MathF.Abs(method.NoiseLevel - (method.Name == "smooth-cdam" ? BestOfCdam : BestOfGrad));
        return scores.Select(score => score * (1 - (40 * wrong)));
    }
}
