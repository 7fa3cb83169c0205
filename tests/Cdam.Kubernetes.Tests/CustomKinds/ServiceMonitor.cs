using k8s.Models;

namespace Cdam.Kubernetes.Tests.CustomKinds;

/// <summary>The Prometheus operator's.</summary>
public sealed class ServiceMonitor : CustomObject<ServiceMonitor.Specification>
{
    public sealed class Specification
    {
        public V1LabelSelector Selector { get; set; } = new();

        public List<Endpoint> Endpoints { get; set; } = [];
    }

    public sealed class Endpoint
    {
        public string Port { get; set; } = "";

        public string Path { get; set; } = "";

        public string Interval { get; set; } = "";

        public Authorization? Authorization { get; set; }
    }

    public sealed class Authorization
    {
        public V1SecretKeySelector Credentials { get; set; } = new();
    }
}
