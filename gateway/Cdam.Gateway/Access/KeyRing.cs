using Cdam.V1.Errors;

namespace Cdam.Gateway.Access;

/// <summary>The keys of the file.</summary>
/// <param name="keys">By their ids.</param>
internal sealed class KeyRing(IReadOnlyDictionary<string, StoredKey> keys)
{
    // Compared with where there is no such key, so that the time taken tells nobody which ids there are.
    private static readonly StoredKey Nobody = new(KeyHash.Of(""), AccessScopes.None, null);

    /// <param name="text">What the caller sent.</param>
    /// <param name="now">To compare expiries with.</param>
    internal Identification Identify(string text, DateTimeOffset now)
    {
        var given = KeyText.Parse(text);
        var isKnown = keys.TryGetValue(given?.Id ?? "", out var found);
        var isRight = (found ?? Nobody).Hash.Matches(given?.Secret ?? text);
        if (given is null || !isKnown || !isRight)
        {
            return Identification.Failed(WireStatus.Unauthenticated("The API key is not one of this gateway's, or no longer.", "KEY_INVALID"));
        }

        return found!.Expires <= now
            ? Identification.Failed(WireStatus.Unauthenticated($"The API key of {given.Id} expired at {found.Expires:u}.", "KEY_EXPIRED"))
            : Identification.Of(new Caller($"key:{given.Id}", found.Scopes));
    }
}
