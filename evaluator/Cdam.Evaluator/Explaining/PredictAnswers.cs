using Cdam.V1;
using Grpc.Core;

namespace Cdam.Evaluator.Explaining;

/// <summary>Reads the answers of a Predict call.</summary>
internal static class PredictAnswers
{
    internal static PerturbedLogit Read(PredictResponse answer, TargetLogit target) => answer.EventCase switch
    {
        PredictResponse.EventOneofCase.Logits => Read(answer.Logits, target),
        PredictResponse.EventOneofCase.Error => throw answer.Error.Status.ToRpcException(),
        _ => throw ExplainerFault.BadAnswer($"Predict answers with '{answer.EventCase}' after 'ready'."),
    };

    private static PerturbedLogit Read(PerturbedLogits logits, TargetLogit target)
    {
        // A concept's similarity comes after the model's outputs, and these cannot be switched off.
        var values = logits.Values;
        if (values.Count == 0 || (target.OutputIndex is not null && values.Count != 1) || !float.IsFinite(values[^1]))
        {
            throw ExplainerFault.BadAnswer(
                $"perturbation {logits.PerturbationId}, step {logits.Step} gives [{string.Join(", ", values)}]; a finite logit was asked for.");
        }

        if (logits.PerturbationId is < 0 or > int.MaxValue)
        {
            throw ExplainerFault.BadAnswer($"there is no perturbation {logits.PerturbationId}.");
        }

        return new PerturbedLogit((int)logits.PerturbationId, logits.Step, values[^1]);
    }
}
