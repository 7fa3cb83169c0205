namespace Cdam.Attribution.Tests;

/// <summary>The reference cases under tests/reference; its README says what each file holds.</summary>
internal static class ReferenceFolder
{
    private static readonly string Root = Find();

    public static IReadOnlyList<string> Cases { get; } =
        [.. Directory.GetDirectories(Root).Select(folder => System.IO.Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    public static string Path(string name, string file) => System.IO.Path.Combine(Root, name, file);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "CdamGrpc.sln")))
            {
                return System.IO.Path.Combine(folder.FullName, "tests", "reference");
            }
        }

        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds CdamGrpc.sln");
    }
}
