using System.Diagnostics;
using Cdam.Evaluator.Explaining;
using Cdam.Scoring.Perturbations;
using Cdam.V1;

namespace Cdam.Evaluator.Evaluation;

/// <summary>Events as the wire carries them.</summary>
internal static class EventMessage
{
    internal static EvaluateImageResponse Started(string id) => new() { Started = new EvaluationStarted { EvaluationId = id } };

    internal static EvaluateImageResponse Of(EvaluationEvent step) => step switch
    {
        EvaluationEvent.Planned planned => new() { Planned = Message(planned) },
        EvaluationEvent.PointTraced point => new() { Point = Message(point) },
        EvaluationEvent.MethodMeasured measured => new() { Result = Message(measured) },
        EvaluationEvent.Finished finished => new() { Finished = Message(finished) },
        _ => throw new UnreachableException($"{step.GetType().Name} has no message."),
    };

    private static EvaluationPlanned Message(EvaluationEvent.Planned planned) => new()
    {
        Target = Target(planned.Target),
        PlannedForwardPasses = planned.ForwardPasses,
        NaiveForwardPasses = planned.NaiveForwardPasses,
        Blur = planned.Blur,
        Width = planned.Width,
        Height = planned.Height,
    };

    internal static ResolvedTarget Target(TargetLogit target)
    {
        var message = new ResolvedTarget
        {
            TargetIndex = target.TargetIndex, DisplayName = target.DisplayName, Value = target.Value, ConceptId = target.ConceptId,
        };
        if (target.OutputIndex is { } output)
        {
            message.OutputIndex = output;
        }

        return message;
    }

    private static CurvePoint Message(EvaluationEvent.PointTraced point) => new()
    {
        Method = point.Method,
        Order = point.Order == PixelOrder.MostImportantFirst
            ? PerturbationOrder.MostImportantFirst
            : PerturbationOrder.LeastImportantFirst,
        Percent = point.Percent,
        Value = point.Value,
    };

    private static FidelityResult Message(EvaluationEvent.MethodMeasured measured)
    {
        var result = new FidelityResult
        {
            Method = measured.Method,
            AMif = measured.MifArea,
            ALif = measured.LifArea,
            ALifMif = measured.AreaBetween,
            Compactness = measured.Compactness,
        };
        if (measured.GradientConsistency is { } consistency)
        {
            result.GradientConsistency = consistency;
        }

        return result;
    }

    private static EvaluationFinished Message(EvaluationEvent.Finished finished) => new()
    {
        ForwardPasses = finished.ForwardPasses,
        ExplainerMs = finished.WaitedForExplainer.TotalMilliseconds,
        TotalMs = finished.Total.TotalMilliseconds,
    };
}
