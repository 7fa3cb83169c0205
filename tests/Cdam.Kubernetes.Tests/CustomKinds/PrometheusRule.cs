namespace Cdam.Kubernetes.Tests.CustomKinds;

/// <summary>The Prometheus operator's.</summary>
public sealed class PrometheusRule : CustomObject<PrometheusRule.Specification>
{
    public sealed class Specification
    {
        public List<Group> Groups { get; set; } = [];
    }

    public sealed class Group
    {
        public string Name { get; set; } = "";

        public List<Rule> Rules { get; set; } = [];
    }

    public sealed class Rule
    {
        public string Alert { get; set; } = "";

        public string Expr { get; set; } = "";

        public string For { get; set; } = "";

        public Dictionary<string, string> Labels { get; set; } = [];

        public Dictionary<string, string> Annotations { get; set; } = [];
    }
}
