using System.Runtime.InteropServices;
using Cdam.Attribution.Preprocessing;
using Cdam.Training.Heads.Images;

namespace Cdam.Training.Heads.Latents;

/// <summary>
/// The latents of a list of images, in a file that grows as they are made: a training that is stopped need not make them again. The file
/// is a key of 32 bytes, then a row of float32 for each image.
/// </summary>
internal static class LatentFile
{
    /// <summary>Reads what the file has and makes the rest, in whole groups, so that rounding does not depend on where a run stopped.</summary>
    /// <param name="path">Made with its folder; begun anew if it was made with another key.</param>
    /// <param name="key">32 bytes that differ whenever images or backbone do.</param>
    /// <param name="images">In the order of the result.</param>
    /// <param name="backbone">Makes the latents.</param>
    /// <param name="progress">Told how many there are; may be null.</param>
    /// <exception cref="IOException">An image or the file cannot be read or written.</exception>
    public static float[][] Complete(
        string path,
        byte[] key,
        IReadOnlyList<LabelledImage> images,
        FrozenBackbone backbone,
        Action<int>? progress,
        CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var latents = Read(file, key, images.Count, backbone.Config.Dim);
        if (latents.Count < images.Count)
        {
            latents.RemoveRange(latents.Count / backbone.AtOnce * backbone.AtOnce, latents.Count % backbone.AtOnce);
        }

        file.SetLength(key.Length + (long)latents.Count * backbone.Config.Dim * sizeof(float));
        file.Seek(0, SeekOrigin.End);
        var groups = images.Skip(latents.Count).Chunk(backbone.AtOnce);
        foreach (var pictures in Prefetch.Ahead(groups.Select(group => (Func<PixelImage[]>)(() => Load(group, backbone)))))
        {
            cancellation.ThrowIfCancellationRequested();
            var made = backbone.Latents(pictures);
            Array.ForEach(made, latent => file.Write(MemoryMarshal.AsBytes(latent.AsSpan())));
            file.Flush();
            latents.AddRange(made);
            progress?.Invoke(latents.Count);
        }

        return [.. latents];
    }

    private static PixelImage[] Load(IReadOnlyList<LabelledImage> images, FrozenBackbone backbone) =>
        ImageFiles.Load(images, (picture, _) => backbone.Prepare(picture));

    /// <summary>The whole rows of a file with this key; of any other file nothing is kept.</summary>
    private static List<float[]> Read(FileStream file, byte[] key, int most, int dim)
    {
        var found = new byte[key.Length];
        if (file.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) < found.Length || !found.AsSpan().SequenceEqual(key))
        {
            file.SetLength(0);
            file.Write(key);
            return [];
        }

        var rows = new List<float[]>();
        for (var left = Math.Min(most, (file.Length - key.Length) / (dim * sizeof(float))); left > 0; left--)
        {
            var row = new float[dim];
            file.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
            rows.Add(row);
        }

        return rows;
    }
}
