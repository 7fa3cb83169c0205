using Cdam.Evaluator.Explaining;
using Cdam.Scoring.Perturbations;

namespace Cdam.Evaluator.Evaluation;

/// <summary>What an evaluation tells while it runs, in this order.</summary>
internal abstract record EvaluationEvent
{
    internal sealed record Planned(TargetLogit Target, int ForwardPasses, int NaiveForwardPasses, string Blur, int Width, int Height)
        : EvaluationEvent;

    internal sealed record PointTraced(string Method, PixelOrder Order, double Percent, float Value) : EvaluationEvent;

    /// <summary>After the method's last point.</summary>
    /// <param name="Method">The method's name.</param>
    /// <param name="MifArea">Logit × percent.</param>
    /// <param name="LifArea">Logit × percent.</param>
    /// <param name="AreaBetween">LIF − MIF.</param>
    /// <param name="Compactness">Share of small scores, signed.</param>
    /// <param name="GradientConsistency">Null for methods that are not made of token gradients.</param>
    internal sealed record MethodMeasured(
        string Method, double MifArea, double LifArea, double AreaBetween, double Compactness, double? GradientConsistency)
        : EvaluationEvent;

    internal sealed record Finished(int ForwardPasses, TimeSpan WaitedForExplainer, TimeSpan Total) : EvaluationEvent;
}
