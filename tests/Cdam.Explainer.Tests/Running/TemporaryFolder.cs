namespace Cdam.Explainer.Tests.Running;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cdam-explainer-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
