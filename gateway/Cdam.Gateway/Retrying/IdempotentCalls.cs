using System.Collections.Frozen;
using Cdam.V1;
using Inference;

namespace Cdam.Gateway.Retrying;

/// <summary>
/// Methods that may be sent to a second destination: unary ones of the explainers, in both protocols, which keep nothing of a call.
/// Evaluations are not among them, nor is any stream, of which a part may have been answered.
/// </summary>
internal static class IdempotentCalls
{
    private static readonly FrozenSet<string> Paths = ExplainerService.Descriptor.Methods.Concat(GRPCInferenceService.Descriptor.Methods)
        .Where(method => method is { IsClientStreaming: false, IsServerStreaming: false })
        .Select(method => $"/{method.Service.FullName}/{method.Name}")
        .ToFrozenSet(StringComparer.Ordinal);

    internal static bool Contains(string method) => Paths.Contains(method);
}
