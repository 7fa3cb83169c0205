using System.Runtime.CompilerServices;
using Cdam.Evaluator.Explaining;
using Cdam.Evaluator.Planning;
using Cdam.Scoring.Perturbations;

namespace Cdam.Evaluator.Evaluation;

/// <summary>Traces the fidelity curves of one image (Section 3.4 of the paper).</summary>
/// <param name="explainer">Gives maps, then logits.</param>
/// <param name="percents">Percentages of pixels to replace, ascending.</param>
/// <param name="clock">Measures the total.</param>
internal sealed class ImageEvaluation(ExplainerSession explainer, double[] percents, TimeProvider clock)
{
    internal async IAsyncEnumerable<EvaluationEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var explanation = await explainer.ExplainAsync(cancellation);
        var plan = PerturbationPlan.Of(explanation.Maps, percents);
        yield return Planned(explanation, plan);

        var picture = explanation.Picture;
        var blurred = GaussianBlur.Apply(picture.Rgb, picture.Width, picture.Height);
        var curves = explanation.Maps.Select(map => new MethodCurves(map, explanation.TokenGradients, percents)).ToArray();
        var answers = explainer.PredictAsync(picture, blurred, explanation.Target, plan.Perturbations, cancellation);
        await foreach (var answer in answers)
        {
            foreach (var traced in Trace(answer, plan, curves))
            {
                yield return traced;
            }
        }

        if (plan.Outstanding > 0)
        {
            throw ExplainerFault.BadAnswer($"Predict ended before {plan.Outstanding} of {plan.ForwardPasses} logits.");
        }

        yield return new EvaluationEvent.Finished(plan.ForwardPasses, explainer.Waited, clock.GetElapsedTime(start));
    }

    private static EvaluationEvent.Planned Planned(Explanation explanation, PerturbationPlan plan) => new(
        explanation.Target, plan.ForwardPasses, plan.NaiveForwardPasses, GaussianBlur.Description,
        explanation.Picture.Width, explanation.Picture.Height);

    private static IEnumerable<EvaluationEvent> Trace(PerturbedLogit answer, PerturbationPlan plan, MethodCurves[] curves)
    {
        var cells = plan.TakeCells(answer.Perturbation, answer.Step);
        if (cells.Count == 0)
        {
            throw ExplainerFault.BadAnswer($"perturbation {answer.Perturbation}, step {answer.Step} was answered twice or never asked for.");
        }

        foreach (var cell in cells)
        {
            var method = curves[cell.Method];
            yield return method.Trace(cell.Order, cell.Percent, answer.Value);
            if (method.IsComplete)
            {
                yield return method.Measure();
            }
        }
    }
}
