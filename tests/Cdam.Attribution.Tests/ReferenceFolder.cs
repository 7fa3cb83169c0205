namespace Cdam.Attribution.Tests;

/// <summary>The reference cases under tests/reference; its README says what each file holds.</summary>
internal static class ReferenceFolder
{
    private static readonly string Root = Repository.PathOf("tests", "reference");

    public static IReadOnlyList<string> Cases { get; } =
        [.. Directory.GetDirectories(Root).Select(folder => System.IO.Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    public static string Path(string name, string file) => System.IO.Path.Combine(Root, name, file);
}
