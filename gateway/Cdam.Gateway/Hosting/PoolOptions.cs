namespace Cdam.Gateway.Hosting;

/// <summary>What the configuration says of a pool of explainers.</summary>
public sealed class PoolOptions
{
    /// <summary>
    /// Models whose calls go to this pool without asking it, <c>models/{id}</c> or the id alone. Default none. A model that is pinned
    /// anywhere is sought in no other pool.
    /// </summary>
    public IReadOnlyList<string> Models { get; set; } = [];
}
