namespace Cdam.Evaluator.Sessions;

/// <summary>
/// Section <c>Evaluator:Shard</c> of the configuration: an evaluator with a <see cref="Session"/> works on its share of that one, and on
/// nothing else. The shards of a session share a store; each image belongs to one of them.
/// </summary>
public sealed class ShardOptions
{
    public const string Section = "Evaluator:Shard";

    /// <summary>The request_id, a UUID, that the session is started with, by any of its shards. Default empty: no shard.</summary>
    public string Session { get; set; } = "";

    /// <summary>Which shard: images whose position is this, modulo <see cref="Count"/>. Default 0; 0 to <see cref="Count"/> − 1.</summary>
    public int Index { get; set; }

    /// <summary>Shards of the session, the same for all of them. Default 1; 1 to 10000.</summary>
    public int Count { get; set; } = 1;

    internal bool IsSet => Session.Length > 0;

    /// <summary>As the store has it.</summary>
    internal string RequestId => Guid.Parse(Session).ToString("N");

    /// <summary>Whether an image is this evaluator's; all are where it is no shard.</summary>
    internal bool Has(int position) => !IsSet || position % Count == Index;
}
