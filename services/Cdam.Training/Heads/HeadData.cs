using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cdam.Training.Heads.Images;

namespace Cdam.Training.Heads;

/// <summary>The images of a training: those that are learned from, and those that the best epoch is chosen by.</summary>
/// <param name="Classes">In the order of the outputs.</param>
/// <param name="Training">At least one of each class.</param>
/// <param name="Validation">At least one of each class.</param>
internal sealed record HeadData(
    IReadOnlyList<string> Classes, IReadOnlyList<LabelledImage> Training, IReadOnlyList<LabelledImage> Validation)
{
    /// <param name="images">The folder to train on.</param>
    /// <param name="validation">The folder to validate on; null splits the first.</param>
    /// <param name="sift">Leaves out what cannot be read.</param>
    /// <param name="share">Of the images to keep back, where the folder is split.</param>
    /// <param name="seed">Of the split.</param>
    /// <exception cref="ArgumentException">A class has too few images that can be read.</exception>
    public static HeadData Sift(
        ImageFolder images, ImageFolder? validation, ImageSift sift, double share, ulong seed, CancellationToken cancellation)
    {
        if (validation is not null)
        {
            return new HeadData(images.Classes, sift.Readable(images, 1, cancellation), sift.Readable(validation, 1, cancellation));
        }

        var (training, kept) = ValidationSplit.Draw(sift.Readable(images, 2, cancellation), share, seed);
        return new HeadData(images.Classes, training, kept);
    }

    /// <summary>A key of 32 bytes over the images of a list, by names, sizes and classes, in their order, and over a text.</summary>
    public static byte[] Key(string text, IEnumerable<LabelledImage> images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(text);
        foreach (var image in images)
        {
            // Opened, for the length of a link would be that of its text.
            using var file = File.OpenHandle(image.Path);
            Add(string.Create(CultureInfo.InvariantCulture, $"{image.ClassIndex} {RandomAccess.GetLength(file)} {image.Name}"));
        }

        return hash.GetHashAndReset();

        // Ended by what no file name holds, so that two texts never read as one.
        void Add(string line) => hash.AppendData(Encoding.UTF8.GetBytes($"{line}\0"));
    }
}
