using System.Net;
using Cdam.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Networking;

/// <summary>Who may open a connection to whom, as the reference of NetworkPolicy says.</summary>
/// <param name="policies">All of one namespace.</param>
internal sealed class Reachability(IReadOnlyList<V1NetworkPolicy> policies)
{
    /// <summary>Edges from or to pods of the policies' namespace, as <c>from → to:port</c>.</summary>
    public IReadOnlySet<string> Edges(IReadOnlyList<Peer> peers) => (
        from source in peers
        from target in peers
        where IsOurs(source) || IsOurs(target)
        from port in target.Ports.Keys
        where Leaves(source, target, port) && Enters(source, target, port)
        select Edge(source.Name, target.Name, port)).ToHashSet();

    public static string Edge(string from, string to, int port) => $"{from} → {to}:{port}";

    /// <summary>Without a policy that selects the pod everything may pass; with some, what one of them lets pass.</summary>
    private bool Leaves(Peer source, Peer target, int port)
    {
        var selecting = Selecting(source, "Egress");
        return selecting.Count == 0 || selecting.SelectMany(policy => policy.Spec.Egress ?? [])
            .Any(rule => IsAmong(rule.To, target) && IsAmong(rule.Ports, target, port));
    }

    private bool Enters(Peer source, Peer target, int port)
    {
        var selecting = Selecting(target, "Ingress");
        return selecting.Count == 0 || selecting.SelectMany(policy => policy.Spec.Ingress ?? [])
            .Any(rule => IsAmong(rule.FromProperty, source) && IsAmong(rule.Ports, target, port));
    }

    private List<V1NetworkPolicy> Selecting(Peer peer, string direction) => !IsOurs(peer)
        ? []
        : [.. policies.Where(policy => policy.Spec.PolicyTypes.Contains(direction) && Selection.Selects(policy.Spec.PodSelector, peer.Labels))];

    private bool IsOurs(Peer peer) => peer.Space == policies[0].Metadata.NamespaceProperty;

    /// <summary>No list stands for everybody.</summary>
    private bool IsAmong(IList<V1NetworkPolicyPeer>? allowed, Peer peer) => allowed is null || allowed.Any(one => one.IpBlock is { } block
        ? IPNetwork.Parse(block.Cidr).Contains(peer.Address) && !(block.Except ?? []).Any(hole => IPNetwork.Parse(hole).Contains(peer.Address))
        : IsAmong(one, peer));

    private bool IsAmong(V1NetworkPolicyPeer allowed, Peer peer)
    {
        if (peer.Space is null)
        {
            return false;
        }

        // The one label that every namespace has.
        var spaceLabels = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = peer.Space };
        return (allowed.NamespaceSelector is null ? IsOurs(peer) : Selection.Selects(allowed.NamespaceSelector, spaceLabels))
            && (allowed.PodSelector is null || Selection.Selects(allowed.PodSelector, peer.Labels));
    }

    private static bool IsAmong(IList<V1NetworkPolicyPort>? allowed, Peer target, int port) => allowed is null || allowed.Any(one =>
        one.Port is null || one.Port.Value == port.ToString(System.Globalization.CultureInfo.InvariantCulture) || one.Port.Value == target.Ports[port]);
}
