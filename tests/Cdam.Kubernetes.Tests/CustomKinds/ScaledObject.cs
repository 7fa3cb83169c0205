using k8s.Models;

namespace Cdam.Kubernetes.Tests.CustomKinds;

/// <summary>KEDA's.</summary>
public sealed class ScaledObject : CustomObject<ScaledObject.Specification>
{
    public sealed class Specification
    {
        public Target ScaleTargetRef { get; set; } = new();

        public int MinReplicaCount { get; set; }

        public int MaxReplicaCount { get; set; }

        public int PollingInterval { get; set; }

        public int CooldownPeriod { get; set; }

        public Failure? Fallback { get; set; }

        public Adjustment? Advanced { get; set; }

        public List<Trigger> Triggers { get; set; } = [];
    }

    public sealed class Target
    {
        public string Name { get; set; } = "";
    }

    public sealed class Failure
    {
        public int FailureThreshold { get; set; }

        public int Replicas { get; set; }
    }

    public sealed class Adjustment
    {
        public HorizontalConfig HorizontalPodAutoscalerConfig { get; set; } = new();
    }

    public sealed class HorizontalConfig
    {
        public V2HorizontalPodAutoscalerBehavior Behavior { get; set; } = new();
    }

    public sealed class Trigger
    {
        public string Type { get; set; } = "";

        public string MetricType { get; set; } = "";

        public Dictionary<string, string> Metadata { get; set; } = [];
    }
}
