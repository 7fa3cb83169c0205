using Cdam.Training.Lidc.Phantoms;

namespace Cdam.Training.Tests.Lidc.Phantoms;

/// <summary>Two small phantoms, made once for the tests that only look at them; the folder is gone afterwards.</summary>
public sealed class PhantomFolder : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cdam-phantoms-");

    public static PhantomOptions Options { get; } = new() { Patients = 2, Seed = 3, Matrix = 192 };

    public string Path => _folder.FullName;

    public PhantomSummary Summary { get; private set; } = null!;

    /// <summary>Names, relative to the folder, and contents of all files.</summary>
    public static SortedDictionary<string, byte[]> Contents(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => System.IO.Path.GetRelativePath(folder, file), File.ReadAllBytes),
        StringComparer.Ordinal);

    public async ValueTask InitializeAsync() =>
        Summary = await PhantomGenerator.Write(Path, Options, null, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
