using Cdam.Attribution.Methods;

namespace Cdam.Explainer.Explaining;

/// <summary>Facts about requested methods.</summary>
internal static class MethodFacts
{
    private static readonly HashSet<string> Discriminative = MethodCatalog.All
        .Where(method => method.ClassDiscriminative)
        .SelectMany(method => method.Aliases.Append(method.Name))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the map depends on the target.</summary>
    public static bool IsDiscriminative(MethodRequest request) => Discriminative.Contains(request.Name);
}
