using System.Runtime.CompilerServices;
using Cdam.Evaluator.Explaining;
using Cdam.Scoring.Collecting;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Planning;

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
        var plan = PerturbationPlan.Of([.. explanation.Maps.Select(map => map.Pixels)], percents, boxes: []);
        yield return Planned(explanation, plan);

        var picture = explanation.Picture;
        var blurred = GaussianBlur.Apply(picture.Rgb, picture.Width, picture.Height);
        var sheet = new Scoresheet(plan, logitCount: 1);
        var answers = explainer.PredictAsync(picture, blurred, explanation.Target, plan.Perturbations, cancellation);
        await foreach (var answer in answers)
        {
            var complete = Take(answer, sheet);
            foreach (var point in plan.ReadersOf(answer.Perturbation, answer.Step).Curves)
            {
                yield return new EvaluationEvent.PointTraced(
                    explanation.Maps[point.Map].Method, point.Order, percents[point.Percent], answer.Value);
            }

            foreach (var map in complete)
            {
                yield return MethodMeasurement.Of(explanation.Maps[map], sheet.Fidelity(map, logit: 0), explanation.TokenGradients);
            }
        }

        if (sheet.Outstanding > 0)
        {
            throw ExplainerFault.BadAnswer($"Predict ended before {sheet.Outstanding} of {plan.ForwardPasses} logits.");
        }

        yield return new EvaluationEvent.Finished(plan.ForwardPasses, explainer.Waited, clock.GetElapsedTime(start));
    }

    private static EvaluationEvent.Planned Planned(Explanation explanation, PerturbationPlan plan) => new(
        explanation.Target, plan.ForwardPasses, plan.NaiveForwardPasses, GaussianBlur.Description,
        explanation.Picture.Width, explanation.Picture.Height);

    private static IReadOnlyList<int> Take(PerturbedLogit answer, Scoresheet sheet)
    {
        try
        {
            return sheet.Add(answer.Perturbation, answer.Step, [answer.Value]);
        }
        catch (UnexpectedAnswerException fault)
        {
            throw ExplainerFault.BadAnswer(fault.Message);
        }
    }
}
