using Cdam.Randomness;

namespace Cdam.Training.Heads.Images;

/// <summary>Keeps a share of each class back for validation.</summary>
internal static class ValidationSplit
{
    private const ulong Key = 0x53504C4954;

    /// <summary>Stratified: each class gives the same share, rounded, and at least one image to either side.</summary>
    /// <param name="images">At least two of each class.</param>
    /// <param name="share">Above 0, below 1.</param>
    /// <param name="seed">The same seed splits the same images in the same way.</param>
    public static (IReadOnlyList<LabelledImage> Training, IReadOnlyList<LabelledImage> Validation) Draw(
        IReadOnlyList<LabelledImage> images, double share, ulong seed)
    {
        var (training, validation) = (new List<LabelledImage>(), new List<LabelledImage>());
        foreach (var members in images.GroupBy(image => image.ClassIndex))
        {
            var drawn = members.ToArray();
            new RandomStream(seed ^ Key, (uint)members.Key).Shuffle<LabelledImage>(drawn);
            var kept = Math.Clamp((int)Math.Round(share * drawn.Length), 1, drawn.Length - 1);
            validation.AddRange(drawn[..kept]);
            training.AddRange(drawn[kept..]);
        }

        return (training, validation);
    }
}
