using Cdam.Kubernetes.Tests.Rendering;

namespace Cdam.Kubernetes.Tests.Rules;

/// <summary>What every combination of manifests must keep.</summary>
internal static class RuleBook
{
    public static IReadOnlyDictionary<string, Func<Manifests, Combination, IEnumerable<string>>> All { get; } =
        new Dictionary<string, Func<Manifests, Combination, IEnumerable<string>>>
        {
            ["containers"] = (manifests, _) => ContainerRule.Faults(manifests),
            ["selectors"] = (manifests, _) => SelectorRule.Faults(manifests),
            ["references"] = (manifests, _) => ReferenceRule.Faults(manifests),
            ["files"] = (manifests, _) => FileRule.Faults(manifests),
            ["ports"] = (manifests, _) => PortRule.Faults(manifests),
            ["options"] = (manifests, _) => OptionRule.Faults(manifests),
            ["metrics"] = (manifests, _) => MetricRule.Faults(manifests),
            ["draining"] = (manifests, _) => DrainRule.Faults(manifests),
            ["custom kinds"] = (manifests, _) => CustomKindRule.Faults(manifests),
            ["shards"] = (manifests, _) => ShardRule.Faults(manifests),
            ["network"] = NetworkRule.Faults,
        };
}
