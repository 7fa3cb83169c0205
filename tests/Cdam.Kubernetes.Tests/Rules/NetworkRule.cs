using Cdam.Kubernetes.Tests.Networking;
using Cdam.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>Network policies let pass exactly what is needed.</summary>
internal static class NetworkRule
{
    public static IEnumerable<string> Faults(Manifests manifests, Combination combination)
    {
        var expected = ExpectedEdges.Of(combination, manifests);
        var found = new Reachability([.. manifests.All<V1NetworkPolicy>()]).Edges(Peers.Of(manifests));
        return expected.Except(found).Select(edge => $"no policy allows {edge}")
            .Concat(found.Except(expected).Select(edge => $"policies allow {edge}, which nobody needs"));
    }
}
