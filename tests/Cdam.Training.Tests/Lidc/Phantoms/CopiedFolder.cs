namespace Cdam.Training.Tests.Lidc.Phantoms;

/// <summary>A folder that may be altered, with another one's content or empty; it is gone after the test.</summary>
internal sealed class CopiedFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cdam-phantoms-");

    public CopiedFolder(string? source)
    {
        foreach (var file in source is null ? [] : Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(source!, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
