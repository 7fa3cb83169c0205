namespace Cdam.Gateway.Access;

/// <summary>The names of scopes in files, tokens and options.</summary>
internal static class ScopeNames
{
    internal const AccessScopes All = AccessScopes.Explain | AccessScopes.Evaluate | AccessScopes.Admin;

    private static readonly AccessScopes[] Each = [AccessScopes.Explain, AccessScopes.Evaluate, AccessScopes.Admin];

    /// <summary>Every name, for messages.</summary>
    internal static string Known { get; } = Format(All);

    /// <returns>Null where there is no such scope.</returns>
    internal static AccessScopes? Find(string name)
    {
        var found = Each.FirstOrDefault(scope => Name(scope) == name);
        return found == AccessScopes.None ? null : found;
    }

    /// <summary>Every scope named; names that mean something elsewhere are passed over.</summary>
    internal static AccessScopes Among(IEnumerable<string> names) =>
        names.Select(Find).Aggregate(AccessScopes.None, (all, scope) => all | (scope ?? AccessScopes.None));

    /// <summary>The names, separated by commas; <c>none</c> of no scope.</summary>
    internal static string Format(AccessScopes scopes) =>
        scopes == AccessScopes.None ? "none" : string.Join(", ", Names(scopes));

    internal static IReadOnlyList<string> Names(AccessScopes scopes) => [.. Each.Where(scope => scopes.HasFlag(scope)).Select(Name)];

    private static string Name(AccessScopes scope) => scope.ToString().ToLowerInvariant();
}
