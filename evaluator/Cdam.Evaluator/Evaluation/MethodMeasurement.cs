using Cdam.Evaluator.Explaining;
using Cdam.Scoring.Collecting;
using Cdam.Scoring.Metrics;

namespace Cdam.Evaluator.Evaluation;

/// <summary>What is said of a method once its curves are complete.</summary>
internal static class MethodMeasurement
{
    /// <summary>The method whose map is nothing but tokens times token gradients (Eq. 2).</summary>
    private const string TokenGradientMethod = "cdam";

    internal static EvaluationEvent.MethodMeasured Of(ScoreMap map, FidelityCurves curves, TokenGradients tokenGradients)
    {
        return new EvaluationEvent.MethodMeasured(
            map.Method, curves.MifArea, curves.LifArea, curves.AreaBetween, Compactness.Of(map.Pixels.Scores.Span), Consistency(map, tokenGradients));
    }

    /// <summary>How far a map is from tokens times token gradients; null for methods that are made of more.</summary>
    internal static double? Consistency(ScoreMap map, TokenGradients tokenGradients) => map.Method == TokenGradientMethod
        ? GradientConsistency.Of(tokenGradients.Tokens, tokenGradients.Gradients, map.Scores, tokenGradients.Dim)
        : null;
}
