namespace Cdam.Attribution.Catalogue;

/// <summary>The classes of ILSVRC2012, which ImageNet models distinguish. Where they come from is in NOTICE.md beside the list.</summary>
public static class ImageNetClasses
{
    private static readonly Lazy<string[]> Read = new(ReadLines);

    /// <summary>1000 lines in the order of torch's outputs; several names of one class are separated by <c>, </c>.</summary>
    public static IReadOnlyList<string> Names => Read.Value;

    private static string[] ReadLines()
    {
        using var stream = typeof(ImageNetClasses).Assembly.GetManifestResourceStream("imagenet-classes.txt")!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. lines.Where(line => line[0] != '#')];
    }
}
