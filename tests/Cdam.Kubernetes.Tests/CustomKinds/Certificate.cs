namespace Cdam.Kubernetes.Tests.CustomKinds;

/// <summary>cert-manager's.</summary>
public sealed class Certificate : CustomObject<Certificate.Specification>
{
    public sealed class Specification
    {
        public string SecretName { get; set; } = "";

        public List<string> DnsNames { get; set; } = [];

        public List<string> Usages { get; set; } = [];

        public Key PrivateKey { get; set; } = new();

        public Issuer IssuerRef { get; set; } = new();
    }

    public sealed class Key
    {
        public string Algorithm { get; set; } = "";

        public int Size { get; set; }

        public string RotationPolicy { get; set; } = "";
    }

    public sealed class Issuer
    {
        public string Kind { get; set; } = "";

        public string Name { get; set; } = "";
    }
}
