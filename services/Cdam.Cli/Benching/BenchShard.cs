using System.Globalization;

namespace Cdam.Cli.Benching;

/// <summary>A share of a benchmark's images: those whose position is <paramref name="Index"/>, modulo <paramref name="Count"/>.</summary>
/// <param name="Session">What all shards of a benchmark have in common; a UUID.</param>
/// <param name="Index">From 0.</param>
/// <param name="Count">Shards.</param>
internal sealed record BenchShard(Guid Session, int Index, int Count)
{
    /// <summary>Reads <c>--shard</c> and <c>--session</c>.</summary>
    /// <returns>Null where neither is given.</returns>
    /// <exception cref="ArgumentException">One is missing, or is none.</exception>
    public static BenchShard? Read(string? shard, string? session)
    {
        if (shard is null != session is null)
        {
            throw new ArgumentException("--shard and --session must be given together");
        }

        return shard is null ? null : new BenchShard(ReadSession(session!), ReadPart(shard, 0), ReadPart(shard, 1)).Checked(shard);
    }

    private static Guid ReadSession(string session) => Guid.TryParse(session, out var id)
        ? id
        : throw new ArgumentException($"--session is \"{session}\"; must be a UUID, the same for all shards");

    private static int ReadPart(string shard, int part) =>
        shard.Split('/') is { Length: 2 } parts && int.TryParse(parts[part], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault(shard);

    private static ArgumentException Fault(string shard) => new($"--shard is \"{shard}\"; must be I/N with I from 0 to N - 1, for example 0/3");

    private BenchShard Checked(string shard) => Index < Count ? this : throw Fault(shard);
}
