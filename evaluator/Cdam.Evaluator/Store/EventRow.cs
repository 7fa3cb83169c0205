namespace Cdam.Evaluator.Store;

/// <summary>An event of a session.</summary>
internal sealed class EventRow
{
    public required string BenchmarkId { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public long Number { get; init; }

    /// <summary>The BenchmarkEvent as the wire has it.</summary>
    public required byte[] Payload { get; init; }
}
