namespace Cdam.Kubernetes.Tests.Rendering;

/// <summary>A set of manifests that an operator may apply.</summary>
/// <param name="Name">What tests call it.</param>
/// <param name="Base">The folder below k8s that it begins with.</param>
/// <param name="Components">Those of k8s/components, in their order.</param>
internal sealed record Combination(string Name, string Base, params string[] Components)
{
    /// <summary>The base, it with each component and those that this one comes after, and the overlays.</summary>
    public static IReadOnlyList<Combination> All { get; } =
    [
        new("base", "base"),
        With("anonymous"),
        With("gpu"),
        With("gpu", "gpu-mig"),
        With("gpu", "gpu-time-slicing"),
        With("ingress"),
        With("models-pull"),
        With("models-pvc"),
        With("monitoring"),
        With("monitoring", "autoscaling-hpa"),
        With("monitoring", "autoscaling-keda"),
        With("postgres"),
        With("postgres") with { Name = "base+postgres+bench", Jobs = ["bench"] },
        With("tls"),
        With("tls", "ingress", "ingress-tls"),
        With("tls", "monitoring"),
        With("anonymous", "tls"),
        With("gpu", "models-pull", "postgres", "autoscaling-keda", "tls", "monitoring", "ingress", "ingress-tls"),
        Overlay("local", "anonymous"),
        Overlay("gpu-cluster", "gpu", "models-pvc", "postgres", "autoscaling-hpa", "tls", "monitoring", "ingress", "ingress-tls"),
    ];

    public static Combination Named(string name) => All.Single(combination => combination.Name == name);

    /// <summary>Whether it is a folder of its own, which names its components itself.</summary>
    public bool IsOverlay => Base.StartsWith("overlays/", StringComparison.Ordinal);

    /// <summary>Those of k8s/jobs that run beside it.</summary>
    public IReadOnlyList<string> Jobs { get; init; } = [];

    public bool Has(string component) => Components.Contains(component);

    private static Combination With(params string[] components) => new($"base+{string.Join('+', components)}", "base", components);

    private static Combination Overlay(string name, params string[] components) => new($"overlay {name}", $"overlays/{name}", components);
}
