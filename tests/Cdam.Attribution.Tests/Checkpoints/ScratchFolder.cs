using Cdam.Attribution.Checkpoints;

namespace Cdam.Attribution.Tests.Checkpoints;

/// <summary>A folder of its own for each test, gone afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cdam-checkpoints-");

    public string FullName => _folder.FullName;

    public string NewPath() => Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));

    public string Write(byte[] content)
    {
        var path = NewPath();
        File.WriteAllBytes(path, content);
        return path;
    }

    public Checkpoint Open(byte[] content) => Checkpoint.Open(Write(content));

    /// <summary>Opens a broken file and checks that the message names it and holds each of the parts.</summary>
    public void AssertRefused(byte[] content, params ReadOnlySpan<string> parts)
    {
        var path = Write(content);
        var refusal = Assert.Throws<CheckpointException>(() => Checkpoint.Open(path).Dispose());
        Assert.StartsWith(path + ": ", refusal.Message, StringComparison.Ordinal);
        foreach (var part in parts)
        {
            // Not Assert.Contains, which cuts the message off after the path.
            Assert.True(refusal.Message.Contains(part, StringComparison.Ordinal), $"'{part}' is not in: {refusal.Message}");
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
