namespace Cdam.Kubernetes.Tests.CustomKinds;

/// <summary>The Gateway API's, since its version 1.4.</summary>
public sealed class BackendTlsPolicy : CustomObject<BackendTlsPolicy.Specification>
{
    public sealed class Specification
    {
        public List<Target> TargetRefs { get; set; } = [];

        public Check Validation { get; set; } = new();
    }

    public sealed class Target
    {
        public string Group { get; set; } = "";

        public string Kind { get; set; } = "";

        public string Name { get; set; } = "";

        public string? SectionName { get; set; }
    }

    public sealed class Check
    {
        public string Hostname { get; set; } = "";

        public List<Target> CaCertificateRefs { get; set; } = [];
    }
}
