namespace Cdam.Gateway.Tests;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cdam-gateway-").FullName;

    public string File(string name) => global::System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file as a whole: whoever reads it sees the old or the new one.</summary>
    public string Write(string name, string text)
    {
        var path = File(name);
        global::System.IO.File.WriteAllText(path + ".new", text);
        global::System.IO.File.Move(path + ".new", path, overwrite: true);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
