namespace Cdam.Evaluator.Store;

/// <summary>An image of an image set.</summary>
internal sealed class PictureRow
{
    public required string ImageSetId { get; init; }

    /// <summary>From 0, in the order of the upload.</summary>
    public int Position { get; init; }

    public required string Name { get; init; }

    /// <summary>As <see cref="ImageRow.Labels"/>.</summary>
    public required string Labels { get; init; }

    /// <summary>The Image as the wire has it.</summary>
    public required byte[] Content { get; init; }

    /// <summary>The first label's ObjectMask as the wire has it; null where there is none.</summary>
    public byte[]? Mask { get; init; }
}
