namespace Cdam.Evaluator.Store;

/// <summary>Images that a client has uploaded.</summary>
internal sealed class ImageSetRow
{
    /// <summary>As <see cref="BenchmarkRow.Id"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public long CreatedMs { get; init; }

    /// <summary>0 until the upload has ended well.</summary>
    public int ImageCount { get; set; }
}
