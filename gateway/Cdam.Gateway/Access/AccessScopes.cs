namespace Cdam.Gateway.Access;

/// <summary>What a caller may do. None includes another.</summary>
[Flags]
internal enum AccessScopes
{
    None = 0,

    /// <summary><c>explain</c>: maps, predictions, latents and concepts.</summary>
    Explain = 1,

    /// <summary><c>evaluate</c>: evaluations and benchmarks.</summary>
    Evaluate = 2,

    /// <summary><c>admin</c>: deleting, and everything that no other scope is stated for.</summary>
    Admin = 4,
}
