namespace Cdam.Cli.Explaining;

/// <summary>The images of a folder.</summary>
internal static class ImageFolder
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"];

    /// <summary>Paths, in the order of names; folders below it are not looked into.</summary>
    /// <exception cref="ArgumentException">It holds no images; the message begins with the option that named it.</exception>
    public static IReadOnlyList<string> Files(string folder, string option)
    {
        var files = Directory.GetFiles(folder)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new ArgumentException($"{option} is \"{folder}\"; it holds no {string.Join(", ", Extensions)} files");
    }
}
