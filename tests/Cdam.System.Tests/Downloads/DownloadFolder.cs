using System.Security.Cryptography;
using Cdam.Cli.Downloads;

namespace Cdam.System.Tests.Downloads;

/// <summary>Downloads of one content of 3 MB into a folder of their own.</summary>
internal sealed class DownloadFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>What the servers have; no two stretches of it are alike.</summary>
    public static byte[] Content { get; } = Draw();

    /// <summary>Where it lands.</summary>
    public string File => Path.Combine(_folder.Path, "model.pth");

    /// <summary>Names of the files in the folder.</summary>
    public IReadOnlyList<string> Names => [.. Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>Reasons of pauses.</summary>
    public List<string> Pauses { get; } = [];

    /// <summary>Pauses that take no time to speak of.</summary>
    public static DownloadSettings Settings { get; } = new() { FirstPause = TimeSpan.FromMilliseconds(1), ProgressBytes = 64 << 10 };

    /// <summary>Downloads the content.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="size">Bytes that it must have.</param>
    /// <param name="limit">Bytes above which it is refused.</param>
    /// <param name="settings">Null means <see cref="Settings"/>.</param>
    /// <param name="progress">Told of the bytes.</param>
    /// <param name="cancellation">Null means the test's.</param>
    public async Task Download(
        Uri address, long? size = null, long? limit = null, DownloadSettings? settings = null, Action<long>? progress = null, CancellationToken? cancellation = null)
    {
        var request = new DownloadRequest { Address = address, Path = File, Size = size, Difference = Difference, Limit = limit ?? 1 << 30 };
        var events = new DownloadEvents { Pausing = Pauses.Add, Progress = (bytes, _) => progress?.Invoke(bytes) };
        using var source = new HttpSource();
        await new Download(source, request, settings ?? Settings, events).Run(cancellation ?? TestContext.Current.CancellationToken);
    }

    /// <summary>Downloads it, and returns why that fails.</summary>
    public async Task<string> Refusal(Uri address, long? size = null, long? limit = null, DownloadSettings? settings = null) =>
        (await Assert.ThrowsAsync<DownloadException>(() => Download(address, size, limit, settings))).Message;

    /// <summary>Checks that the content, and nothing else, is there.</summary>
    public void AssertLanded()
    {
        Assert.Equal(["model.pth"], Names);
        Assert.True(Content.AsSpan().SequenceEqual(global::System.IO.File.ReadAllBytes(File)), "the bytes differ");
    }

    public void Dispose() => _folder.Dispose();

    private static string? Difference(string path, string sha256)
    {
        var expected = Convert.ToHexStringLower(SHA256.HashData(Content));
        return sha256 == expected ? null : $"SHA-256 is {sha256}, not {expected}";
    }

    private static byte[] Draw()
    {
        var content = new byte[3_000_000];
        new Random(0).NextBytes(content);
        return content;
    }
}
