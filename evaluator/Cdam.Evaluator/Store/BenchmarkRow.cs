namespace Cdam.Evaluator.Store;

/// <summary>A session, and who works on it.</summary>
internal sealed class BenchmarkRow
{
    /// <summary>A version 7 UUID in 32 hexadecimal digits: later ones sort later.</summary>
    public required string Id { get; init; }

    /// <summary>What the client calls its request; null where it does not care.</summary>
    public string? RequestId { get; init; }

    /// <summary>SHA-256 of the settings as they were asked for.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The accepted BenchmarkSettings as the wire has them.</summary>
    public required byte[] Settings { get; init; }

    public SessionState State { get; set; }

    /// <summary>Milliseconds since 1970, UTC; so are all times here.</summary>
    public long CreatedMs { get; init; }

    public long? EndedMs { get; set; }

    public int ImageCount { get; init; }

    public int MeasuredCount { get; set; }

    public int FailedCount { get; set; }

    public long ForwardPasses { get; set; }

    public long NaiveForwardPasses { get; set; }

    /// <summary>Processor time of the evaluators, and of what shares their processes, but for the explainer's passes.</summary>
    public long EvaluatorCpuMs { get; set; }

    /// <summary>Processor time of the explainer's passes; null where it runs elsewhere.</summary>
    public long? ExplainerCpuMs { get; set; }

    /// <summary>Bytes of messages to explainers, of the images that were measured.</summary>
    public long SentBytes { get; set; }

    /// <summary>Bytes of the explainers' messages, likewise.</summary>
    public long ReceivedBytes { get; set; }

    /// <summary>Events so far, which is the number of the newest.</summary>
    public long EventCount { get; set; }

    public bool CancelRequested { get; set; }

    /// <summary>Why it failed, a google.rpc.Status; null otherwise.</summary>
    public byte[]? Error { get; set; }

    /// <summary>The image set that it reads; null where it reads a folder.</summary>
    public string? ImageSetId { get; init; }

    /// <summary>Evaluators that share it, each its own images (<see cref="Sessions.ShardOptions"/>); 0: one does all of it.</summary>
    public int ShardCount { get; init; }

    /// <summary>The evaluator that works on it; null for none.</summary>
    public string? Owner { get; set; }

    /// <summary>When another evaluator may take over.</summary>
    public long LeaseUntilMs { get; set; }

    /// <summary>Fencing token: grows whenever the work changes hands, and every write names the one it was given.</summary>
    public long Epoch { get; set; }
}
