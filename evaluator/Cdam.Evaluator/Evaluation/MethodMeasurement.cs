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
        double? consistency = map.Method == TokenGradientMethod
            ? GradientConsistency.Of(tokenGradients.Tokens, tokenGradients.Gradients, map.Scores, tokenGradients.Dim)
            : null;
        return new EvaluationEvent.MethodMeasured(
            map.Method, curves.MifArea, curves.LifArea, curves.AreaBetween, Compactness.Of(map.Pixels.Scores.Span), consistency);
    }
}
