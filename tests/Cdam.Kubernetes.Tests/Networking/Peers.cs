using System.Net;
using Cdam.Kubernetes.Tests.CustomKinds;
using Cdam.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace Cdam.Kubernetes.Tests.Networking;

/// <summary>Everybody that a cluster with these manifests has, one of each kind, and those outside that matter.</summary>
internal static class Peers
{
    public const string Dns = "dns";
    public const string Client = "client";
    public const string Monitoring = "monitoring";
    public const string Operator = "cnpg-operator";
    public const string Internet = "internet";
    public const string Api = "api-server";
    public const string Postgres = "postgres";

    private static readonly Dictionary<string, string> NoLabels = [];

    public static IReadOnlyList<Peer> Of(Manifests manifests)
    {
        var space = manifests.All<V1Namespace>().Single().Metadata.Name;
        return
        [
            .. manifests.Workloads.Select(workload => new Peer(
                workload.Name, space, workload.Labels, Pod(1), workload.Ports.ToDictionary(port => port.ContainerPort, port => (string?)port.Name))),
            .. manifests.All<PostgresCluster>().Select(cluster => new Peer(
                Postgres, space, new Dictionary<string, string> { [PostgresCluster.Label] = cluster.Metadata.Name }, Pod(2), Ports(5432, 8000, 9187))),
            new(Dns, "kube-system", new Dictionary<string, string> { ["k8s-app"] = "kube-dns" }, Pod(3), Ports(53, 9153)),
            new(Client, "default", NoLabels, Pod(4), Ports(80, 443, 8000)),
            new(Monitoring, "monitoring", NoLabels, Pod(5), Ports(9090)),
            new(Operator, "cnpg-system", NoLabels, Pod(6), Ports(9443)),
            new(Internet, null, NoLabels, IPAddress.Parse("203.0.113.9"), Ports(80, 443)),
            new(Api, null, NoLabels, IPAddress.Parse("172.16.0.2"), Ports(443, 6443)),
        ];
    }

    private static IPAddress Pod(byte number) => new([10, 244, 0, number]);

    private static Dictionary<int, string?> Ports(params int[] ports) => ports.ToDictionary(port => port, _ => (string?)null);
}
