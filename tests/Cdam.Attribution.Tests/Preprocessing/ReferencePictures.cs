using System.Globalization;
using System.Text;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Tests.Preprocessing;

/// <summary>The pictures made by make_reference.py, read where they lie in the source tree.</summary>
internal static class ReferencePictures
{
    private static readonly string Root = Find();

    /// <summary>Names of the picture files to decode, without their expected pixels.</summary>
    public static IEnumerable<string> Files =>
        Directory.GetFiles(Path.Combine(Root, "decode"))
            .Select(f => Path.GetFileName(f))
            .Where(f => !f.EndsWith(".ppm", StringComparison.Ordinal))
            .Order();

    /// <summary>Names of the resampled pictures: source, size and kernel.</summary>
    public static IEnumerable<string> Resized =>
        Directory.GetFiles(Path.Combine(Root, "resize"), "*_*.ppm").Select(f => Path.GetFileNameWithoutExtension(f)).Order();

    public static byte[] File(string name) => System.IO.File.ReadAllBytes(Path.Combine(Root, "decode", name));

    public static PixelImage Expected(string file) => ReadPpm(Path.Combine(Root, "decode", file + ".ppm"));

    public static PixelImage Resize(string name) => ReadPpm(Path.Combine(Root, "resize", name + ".ppm"));

    // Plain samples behind a header of three lines: read without the decoders under test.
    private static PixelImage ReadPpm(string path)
    {
        var data = System.IO.File.ReadAllBytes(path);
        var header = Encoding.ASCII.GetString(data, 0, Math.Min(data.Length, 30)).Split([' ', '\n'], 5);
        Assert.Equal(("P6", "255"), (header[0], header[3]));
        int width = int.Parse(header[1], CultureInfo.InvariantCulture), height = int.Parse(header[2], CultureInfo.InvariantCulture);
        return new PixelImage(width, height, data[^(width * height * 3)..]);
    }

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, "Preprocessing", "reference");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException($"No Preprocessing/reference above {AppContext.BaseDirectory}.");
    }
}
