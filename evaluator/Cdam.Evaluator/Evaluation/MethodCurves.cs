using Cdam.Evaluator.Explaining;
using Cdam.Scoring.Metrics;
using Cdam.Scoring.Perturbations;

namespace Cdam.Evaluator.Evaluation;

/// <summary>Both curves of one method while their points come in.</summary>
internal sealed class MethodCurves(ScoreMap map, TokenGradients tokenGradients, double[] percents)
{
    /// <summary>The method whose map is nothing but tokens times token gradients (Eq. 2).</summary>
    private const string TokenGradientMethod = "cdam";

    private readonly float[] _mostImportantFirst = new float[percents.Length];
    private readonly float[] _leastImportantFirst = new float[percents.Length];
    private int _missing = 2 * percents.Length;

    internal bool IsComplete => _missing == 0;

    internal EvaluationEvent.PointTraced Trace(PixelOrder order, int percent, float value)
    {
        (order == PixelOrder.MostImportantFirst ? _mostImportantFirst : _leastImportantFirst)[percent] = value;
        _missing--;
        return new EvaluationEvent.PointTraced(map.Method, order, percents[percent], value);
    }

    internal EvaluationEvent.MethodMeasured Measure()
    {
        var mif = MostImportantFirstArea.Of(percents, _mostImportantFirst);
        var lif = LeastImportantFirstArea.Of(percents, _leastImportantFirst);
        double? consistency = map.Method == TokenGradientMethod
            ? GradientConsistency.Of(tokenGradients.Tokens, tokenGradients.Gradients, map.Scores, tokenGradients.Dim)
            : null;
        return new EvaluationEvent.MethodMeasured(
            map.Method, mif, lif, AreaBetweenOrders.Of(lif, mif), Compactness.Of(map.PixelScores), consistency);
    }
}
