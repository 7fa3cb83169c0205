using Cdam.Evaluator.Sources;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Evaluator.Sessions;

/// <summary>What is explained and read in an image of a session.</summary>
internal static class ImageTarget
{
    /// <param name="settings">The session's.</param>
    /// <param name="labels">The image's.</param>
    /// <returns>Null for the top output. Never a concept's id, which may come to mean another vector between two images.</returns>
    /// <exception cref="Grpc.Core.RpcException">FAILED_PRECONDITION: an evaluator that did not pin concepts began the session.</exception>
    internal static Target? Of(BenchmarkSettings settings, IReadOnlyList<ImageLabel> labels)
    {
        if (settings.LabelUse != LabelUse.Unspecified)
        {
            return labels[0].ToTarget();
        }

        if (settings.Target?.KindCase != Target.KindOneofCase.ConceptId)
        {
            return settings.Target;
        }

        return settings.PinnedConcept is { } pinned
            ? new Target { Concept = pinned }
            : throw WireStatus.FailedPrecondition($"concepts/{settings.Target.ConceptId}",
                $"Concept '{settings.Target.ConceptId}' was not pinned when the session was started, so that its images could be measured by different vectors; start it anew.",
                "CONCEPT_NOT_PINNED").ToRpcException();
    }
}
