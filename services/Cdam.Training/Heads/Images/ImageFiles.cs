using Cdam.Attribution.Explanations;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Training.Heads.Images;

/// <summary>Reads image files, several at a time.</summary>
internal static class ImageFiles
{
    private static readonly ImageLimits Limits = new();

    /// <summary>Reads and prepares files on all processors.</summary>
    /// <param name="images">In the order of the result.</param>
    /// <param name="prepare">Given the picture and its place among the files.</param>
    /// <exception cref="IOException">A file cannot be read (any more); it is named.</exception>
    public static PixelImage[] Load(IReadOnlyList<LabelledImage> images, Func<PixelImage, int, PixelImage> prepare)
    {
        var (pictures, faults) = (new PixelImage[images.Count], new string?[images.Count]);
        Parallel.For(0, images.Count, index => faults[index] = Try(() => pictures[index] = prepare(Read(images[index].Path), index)));
        var bad = Array.FindIndex(faults, fault => fault is not null);
        return bad < 0 ? pictures : throw new IOException($"{images[bad].Path}: {faults[bad]}");
    }

    /// <summary>Why a file cannot be used; null if it can.</summary>
    public static string? Fault(LabelledImage image, Func<PixelImage, PixelImage> prepare) => Try(() => prepare(Read(image.Path)));

    private static PixelImage Read(string path)
    {
        // Asked before memory is taken: what is no picture may have any size.
        using var file = File.OpenRead(path);
        if (file.Length > Limits.MaxBytes)
        {
            throw new ImageException($"The file has {file.Length} bytes; at most {Limits.MaxBytes} are accepted.");
        }

        var data = new byte[file.Length];
        file.ReadExactly(data);
        return ImageDecoder.Decode(data, Limits);
    }

    private static string? Try(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception exception) when (exception is ImageException or AttributionException or IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
