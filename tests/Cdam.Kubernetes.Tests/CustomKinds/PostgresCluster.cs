using k8s.Models;

namespace Cdam.Kubernetes.Tests.CustomKinds;

/// <summary>CloudNativePG's Cluster.</summary>
public sealed class PostgresCluster : CustomObject<PostgresCluster.Specification>
{
    /// <summary>Of its pods.</summary>
    public const string Label = "cnpg.io/cluster";

    public sealed class Specification
    {
        public int Instances { get; set; }

        public string ImageName { get; set; } = "";

        public string PrimaryUpdateStrategy { get; set; } = "";

        public Volume Storage { get; set; } = new();

        public Volume WalStorage { get; set; } = new();

        public Start Bootstrap { get; set; } = new();

        public Placement Affinity { get; set; } = new();

        public Server Postgresql { get; set; } = new();

        public V1ResourceRequirements Resources { get; set; } = new();
    }

    public sealed class Volume
    {
        public string Size { get; set; } = "";
    }

    public sealed class Start
    {
        public FirstDatabase Initdb { get; set; } = new();
    }

    public sealed class FirstDatabase
    {
        public string Database { get; set; } = "";

        public string Owner { get; set; } = "";
    }

    public sealed class Placement
    {
        public bool EnablePodAntiAffinity { get; set; }

        public string TopologyKey { get; set; } = "";

        public string PodAntiAffinityType { get; set; } = "";
    }

    public sealed class Server
    {
        public Dictionary<string, string> Parameters { get; set; } = [];
    }
}
