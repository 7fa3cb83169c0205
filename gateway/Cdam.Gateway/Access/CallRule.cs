namespace Cdam.Gateway.Access;

/// <summary>Who may make a call.</summary>
/// <param name="Needed">One of these scopes is enough; none is needed where there is none.</param>
internal sealed record CallRule(AccessScopes Needed)
{
    /// <summary>Everyone, without proof.</summary>
    internal static CallRule Open { get; } = new(AccessScopes.None);

    /// <summary>Everyone who proves to be somebody with a scope.</summary>
    internal static CallRule AnyScope { get; } = new(ScopeNames.All);

    internal static CallRule Explain { get; } = new(AccessScopes.Explain);

    internal static CallRule Evaluate { get; } = new(AccessScopes.Evaluate);

    internal static CallRule Admin { get; } = new(AccessScopes.Admin);

    internal bool IsOpen => Needed == AccessScopes.None;

    internal bool Permits(AccessScopes scopes) => IsOpen || (scopes & Needed) != AccessScopes.None;

    public override string ToString() => IsOpen ? "open" : Needed == ScopeNames.All ? "any" : ScopeNames.Format(Needed);
}
