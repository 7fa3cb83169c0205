namespace Cdam.Kubernetes.Tests.CustomKinds;

/// <summary>The Gateway API's GRPCRoute and HTTPRoute, as far as they are alike.</summary>
public sealed class Route : CustomObject<Route.Specification>
{
    public sealed class Specification
    {
        public List<Parent> ParentRefs { get; set; } = [];

        public List<string> Hostnames { get; set; } = [];

        public List<Rule> Rules { get; set; } = [];
    }

    public sealed class Parent
    {
        public string Name { get; set; } = "";

        public string Namespace { get; set; } = "";
    }

    public sealed class Rule
    {
        public List<Backend> BackendRefs { get; set; } = [];
    }

    public sealed class Backend
    {
        public string Name { get; set; } = "";

        public int Port { get; set; }
    }
}
