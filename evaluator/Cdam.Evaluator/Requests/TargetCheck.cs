using Cdam.V1;

namespace Cdam.Evaluator.Requests;

/// <summary>Whether the target can stand for exactly one logit; whether it exists is the explainer's to say.</summary>
internal static class TargetCheck
{
    /// <param name="target">Null means the top output.</param>
    /// <param name="field">Its path in the request.</param>
    internal static void Check(Target? target, string field = "target")
    {
        switch (target?.KindCase)
        {
            case Target.KindOneofCase.None:
                throw RequestFault.Of(field, "is empty; set one kind, or leave it out for the top output.");
            case Target.KindOneofCase.Index when target.Index < 0:
                throw RequestFault.Of($"{field}.index", $"{target.Index}; outputs are counted from 0.");
            case Target.KindOneofCase.Output when target.Output.Length == 0:
                throw RequestFault.Of($"{field}.output", "is empty; the name of an output is required.");
            case Target.KindOneofCase.Top when target.Top != 1:
                throw RequestFault.Of($"{field}.top", $"{target.Top}; exactly one output must result, so 1 is required.");
            case Target.KindOneofCase.All when !target.All:
                throw RequestFault.Of($"{field}.all", "false; leave it out, or set it to true.");
            case Target.KindOneofCase.ConceptId when target.ConceptId.Length == 0:
                throw RequestFault.Of($"{field}.concept_id", "is empty; the id of a concept is required.");
            case Target.KindOneofCase.Concept:
                Check(target.Concept, field);
                break;
        }
    }

    private static void Check(Concept concept, string field)
    {
        if (concept.Vector.Count == 0 || concept.Vector.All(value => value == 0))
        {
            throw RequestFault.Of($"{field}.concept.vector", $"{concept.Vector.Count} values, none but zero; a direction is required.");
        }

        if (concept.Vector.Any(value => !float.IsFinite(value)))
        {
            throw RequestFault.Of($"{field}.concept.vector", "has a value that is not finite; all must be.");
        }

        if (!Enum.IsDefined(concept.Similarity))
        {
            throw RequestFault.Of($"{field}.concept.similarity", $"{(int)concept.Similarity} is no Similarity.");
        }
    }
}
