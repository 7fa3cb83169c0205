namespace Cdam.Testing;

/// <summary>The checkout that the tests run in. Compiled into each test project.</summary>
internal static class Repository
{
    /// <summary>The folder that holds CdamGrpc.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path below it.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CdamGrpc.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds CdamGrpc.sln");
    }
}
