namespace Cdam.Attribution.Backbones;

/// <summary>
/// A forward pass of B images with what the derivative of the blocks before the final one needs: some (5d + m) values for each
/// token and block, 100 MB for an image of 785 tokens in a ViT-S.
/// </summary>
/// <param name="Blocks">The first one first.</param>
internal sealed record NetworkTrace(IReadOnlyList<BlockTrace> Blocks)
{
    /// <summary>One image of the batch. Views.</summary>
    public NetworkTrace Sample(int index) => new([.. Blocks.Select(block => block.Sample(index))]);
}
