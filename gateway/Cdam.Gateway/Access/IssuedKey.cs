namespace Cdam.Gateway.Access;

/// <summary>A new API key: the text for its owner, which is kept nowhere, and the line for the gateway's file.</summary>
/// <param name="Key"><c>cdam_ID_SECRET</c>, the secret being 256 random bits.</param>
/// <param name="Line">A JSON object with the salted hash.</param>
public sealed record IssuedKey(string Key, string Line)
{
    /// <param name="id">1 to 64 of a-z, 0-9 and -.</param>
    /// <param name="scopes">One or more of explain, evaluate, admin.</param>
    /// <param name="expires">Null: never.</param>
    /// <exception cref="ArgumentException">The id or a scope breaks its rule.</exception>
    public static IssuedKey Create(string id, IReadOnlyList<string> scopes, DateTimeOffset? expires)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(scopes);
        if (!KeyText.IsId(id))
        {
            throw new ArgumentException($"id ({id}) must be {KeyText.IdRule}");
        }

        if (scopes.Count == 0 || scopes.FirstOrDefault(scope => ScopeNames.Find(scope) is null) is not null)
        {
            throw new ArgumentException($"scopes ({string.Join(", ", scopes)}) must be one or more of {ScopeNames.Known}");
        }

        var key = KeyText.Create(id);
        var line = new KeyLine { Id = id, Hash = KeyHash.Of(key.Secret).ToString(), Scopes = scopes, Expires = expires };
        return new IssuedKey(key.ToString(), KeyLines.Write(line));
    }
}
