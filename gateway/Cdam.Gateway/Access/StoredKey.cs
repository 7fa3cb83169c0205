namespace Cdam.Gateway.Access;

/// <summary>What is known of a key.</summary>
/// <param name="Hash">Of its secret.</param>
/// <param name="Scopes">At least one.</param>
/// <param name="Expires">Null: never.</param>
internal sealed record StoredKey(KeyHash Hash, AccessScopes Scopes, DateTimeOffset? Expires);
