namespace Cdam.Evaluator.Store;

/// <summary>An image of a session.</summary>
internal sealed class ImageRow
{
    public required string BenchmarkId { get; init; }

    /// <summary>From 0.</summary>
    public int Position { get; init; }

    public required string Name { get; init; }

    /// <summary>JSON array of names and positions of outputs.</summary>
    public required string Labels { get; init; }

    /// <summary>Path of the first label's mask in the folder; null where the source keeps masks elsewhere, or there is none.</summary>
    public string? MaskFile { get; init; }

    public ImageState State { get; set; }

    /// <summary>What was read, for people; null until it was measured.</summary>
    public string? Target { get; set; }

    /// <summary>Why it failed, a google.rpc.Status; null otherwise.</summary>
    public byte[]? Error { get; set; }
}
