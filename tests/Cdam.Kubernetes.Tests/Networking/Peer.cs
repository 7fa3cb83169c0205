using System.Net;

namespace Cdam.Kubernetes.Tests.Networking;

/// <summary>Something that sends or takes packets.</summary>
/// <param name="Name">In edges.</param>
/// <param name="Space">Its namespace; null for an address outside of the cluster's pods.</param>
/// <param name="Labels">Of the pod.</param>
/// <param name="Address">What ipBlocks are compared with.</param>
/// <param name="Ports">Where it listens, with the ports' names.</param>
internal sealed record Peer(string Name, string? Space, IDictionary<string, string> Labels, IPAddress Address, IReadOnlyDictionary<int, string?> Ports);
