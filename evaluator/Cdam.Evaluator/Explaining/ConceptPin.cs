using Cdam.Evaluator.Requests;
using Cdam.V1;
using Cdam.V1.Errors;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Evaluator.Explaining;

/// <summary>
/// Asks once what a concept's id stands for. Its owner may delete the concept and make another under its id at any moment: what is measured
/// by more than one call is measured by the vector, which explainers take inline.
/// </summary>
internal sealed class ConceptPin(ExplainerService.ExplainerServiceClient explainer, TimeProvider clock)
{
    // A lookup; an explainer that needs longer is as good as lost.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="model">Whose target it is.</param>
    /// <param name="target">Checked.</param>
    /// <param name="field">Of the target in the request.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Null for a target that is no concept's id.</returns>
    /// <exception cref="RpcException">There is no such concept, it is another model's, or the explainer cannot be asked.</exception>
    internal async Task<Concept?> AskAsync(string model, Target? target, string field, CancellationToken cancellation)
    {
        if (target?.KindCase != Target.KindOneofCase.ConceptId)
        {
            return null;
        }

        var setup = new PredictRequest { Setup = new PredictSetup { Model = model, ConceptIds = { target.ConceptId } } };
        var options = new CallOptions(new Metadata { { "cdam-model", model } }, (clock.GetUtcNow() + Patience).UtcDateTime);
        try
        {
            var answers = Exchange.RunAsync(
                token => explainer.Predict(options.WithCancellationToken(token)), [setup], new ExchangeMeter(), cancellation);
            return Read(target.ConceptId, await answers.ToListAsync(cancellation));
        }
        catch (RpcException fault) when (fault.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations is [{ Field: "setup.concept_ids[0]" } violation])
        {
            throw RequestFault.Of($"{field}.concept_id", violation.Description);
        }
    }

    private static Concept Read(string id, List<PredictResponse> answers) => answers is [{ Ready.Concepts: [{ Vector.Count: > 0 } concept] }]
        ? concept
        : throw WireStatus.FailedPrecondition($"concepts/{id}",
            $"The explainer does not say what vector concept '{id}' has, so that it could change while it is used; a newer explainer does, and the vector itself can be given.",
            "CONCEPT_NOT_PINNED").ToRpcException();
}
