using k8s.Models;

namespace Cdam.Kubernetes.Tests.Rendering;

/// <summary>What label selectors select.</summary>
internal static class Selection
{
    /// <summary>An empty selector selects everything, none selects nothing.</summary>
    public static bool Selects(V1LabelSelector? selector, IDictionary<string, string> labels) => selector is not null
        && Selects(selector.MatchLabels, labels)
        && (selector.MatchExpressions ?? []).All(expression => Holds(expression, labels));

    /// <summary>Whether all of these labels are there.</summary>
    public static bool Selects(IDictionary<string, string>? wanted, IDictionary<string, string> labels) =>
        (wanted ?? new Dictionary<string, string>()).All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private static bool Holds(V1LabelSelectorRequirement requirement, IDictionary<string, string> labels) => requirement.OperatorProperty switch
    {
        "In" => labels.TryGetValue(requirement.Key, out var value) && requirement.Values.Contains(value),
        "NotIn" => !labels.TryGetValue(requirement.Key, out var value) || !requirement.Values.Contains(value),
        "Exists" => labels.ContainsKey(requirement.Key),
        "DoesNotExist" => !labels.ContainsKey(requirement.Key),
        _ => throw new InvalidOperationException($"{requirement.OperatorProperty} is no operator of a selector"),
    };
}
