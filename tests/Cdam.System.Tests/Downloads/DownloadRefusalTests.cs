using System.Net;
using System.Net.Sockets;
using Cdam.Cli.Downloads;

namespace Cdam.System.Tests.Downloads;

public sealed class DownloadRefusalTests : IDisposable
{
    private readonly DownloadFolder _folder = new();

    private static byte[] Content => DownloadFolder.Content;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Download_OfAnotherContent_LeavesNothing()
    {
        await using var server = new ScriptedServer((_, _) => Answer(new byte[Content.Length]));
        Assert.Contains("SHA-256 is", await _folder.Refusal(server.Address), StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Download_OfAnotherSize_IsRefusedBeforeItComes(int difference)
    {
        await using var server = new ScriptedServer((_, _) => Answer(Content));
        var message = await _folder.Refusal(server.Address, Content.Length + difference);
        Assert.Contains($"{Content.Length} bytes", message, StringComparison.Ordinal);
        Assert.Contains($"{Content.Length + difference}", message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Download_OfASizeThatIsNotSaid_IsRefusedWhenItShows(int difference)
    {
        byte[] sent = difference < 0 ? Content[..^1] : [.. Content, 0];
        await using var server = new ScriptedServer((_, _) => ScriptedServer.Answer("200 OK", sent, "ETag: \"v1\""));
        await _folder.Refusal(server.Address, Content.Length);
        Assert.Empty(_folder.Names);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Download_AboveTheLimit_IsRefused()
    {
        await using var server = new ScriptedServer((_, number) => number == 0 ? Answer(Content) : ScriptedServer.Answer("200 OK", Content));
        for (var said = 0; said < 2; said++)
        {
            Assert.Contains("at most 1000000 are accepted", await _folder.Refusal(server.Address, limit: 1_000_000), StringComparison.Ordinal);
            Assert.Empty(_folder.Names);
        }
    }

    [Theory]
    [InlineData("404 Not Found", 1)]
    [InlineData("403 Forbidden", 1)]
    [InlineData("500 Internal Server Error", 3)]
    [InlineData("503 Service Unavailable", 3)]
    [InlineData("429 Too Many Requests", 3)]
    public async Task Download_AnsweredWithAnError_IsTriedAgainOnlyWhereThatMayHelp(string status, int tries)
    {
        await using var server = new ScriptedServer((_, _) => ScriptedServer.Answer(status, "sorry"u8, "Content-Length: 5"));
        var message = await _folder.Refusal(server.Address, settings: DownloadFolder.Settings with { Attempts = 3 });
        Assert.Contains($"{server.Address}: answered {status}", message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
        Assert.Equal(tries, server.Requests.Count);
    }

    [Fact]
    public async Task Download_CutAgainAndAgain_GivesUpAndKeepsWhatCame()
    {
        // The first answer brings 100 kB and the later ones nothing: the count of tries begins with the one that brought enough.
        await using var server = new ScriptedServer((_, number) => number == 0
            ? ScriptedServer.Answer("200 OK", Content.AsSpan(0, 100_000), "ETag: \"v1\"", $"Content-Length: {Content.Length}")
            : ScriptedServer.Answer("206 Partial Content", [], "ETag: \"v1\"", $"Content-Range: bytes 100000-{Content.Length - 1}/{Content.Length}", "Content-Length: 2900000"));
        var message = await _folder.Refusal(server.Address, settings: DownloadFolder.Settings with { Attempts = 4 });
        Assert.Contains("0.1 MB are kept", message, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(3, _folder.Pauses.Count);
        Assert.Equal(["model.pth.part", "model.pth.part.json"], _folder.Names);
    }

    [Fact]
    public async Task Download_FromNobody_FailsAtOnce()
    {
        // A port that was free a moment ago: nobody listens there.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/model.pth");
        listener.Stop();
        Assert.Contains(address.ToString(), await _folder.Refusal(address), StringComparison.Ordinal);
        Assert.Empty(_folder.Pauses);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Download_FromASilentServer_IsCutOff()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/model.pth");
        var settings = DownloadFolder.Settings with { Silence = TimeSpan.FromMilliseconds(50), Attempts = 2 };
        Assert.Contains("nothing came", await _folder.Refusal(address, settings: settings), StringComparison.Ordinal);
        Assert.Single(_folder.Pauses);
    }

    [Fact]
    public async Task Download_WithoutRoom_SaysWhatIsNeeded()
    {
        await using var server = new ScriptedServer((_, _) => Answer(Content));
        var message = await _folder.Refusal(server.Address, settings: DownloadFolder.Settings with { FreeBytes = _ => 1_500_000 });
        Assert.Contains("1.5 MB are free", message, StringComparison.Ordinal);
        Assert.Contains("70.1 MB", message, StringComparison.Ordinal);    // 3 MB and 64 MiB to spare
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Download_SentCompressed_IsRefused()
    {
        await using var server = new ScriptedServer((_, _) => ScriptedServer.Answer("200 OK", Content, $"Content-Length: {Content.Length}", "Content-Encoding: gzip"));
        Assert.Contains("gzip", await _folder.Refusal(server.Address), StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Download_RedirectedOnLoopback_IsFollowed()
    {
        await using var server = new ScriptedServer((_, _) => Answer(Content));
        await using var front = new ScriptedServer((_, _) => ScriptedServer.Answer("302 Found", [], $"Location: {server.Address}", "Content-Length: 0"));
        await _folder.Download(front.Address);
        _folder.AssertLanded();
    }

    [Fact]
    public async Task Download_RedirectedForEver_IsRefused()
    {
        await using var server = new ScriptedServer((_, _) => ScriptedServer.Answer("302 Found", [], "Location: /model.pth", "Content-Length: 0"));
        Assert.Contains("more than 10 redirects", await _folder.Refusal(server.Address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/a", "http://example.org/b", false)]
    [InlineData("https://example.org/a", "http://127.0.0.1/b", false)]
    [InlineData("http://example.org/a", "/b", false)]
    [InlineData("https://example.org/a", "ftp://example.org/b", false)]
    [InlineData("http://127.0.0.1:5/a", "file:///etc/passwd", false)]
    [InlineData("https://example.org/a", "/b", true)]
    [InlineData("https://example.org/a", "https://example.com/b", true)]
    [InlineData("http://127.0.0.1:5/a", "http://127.0.0.1:6/b", true)]
    public void Redirect_IsFollowedOnlyToHttpsOrFromLoopback(string from, string to, bool isFollowed)
    {
        var (address, location) = (new Uri(from), new Uri(to, to[0] == '/' ? UriKind.Relative : UriKind.Absolute));
        if (isFollowed)
        {
            Assert.Equal(new Uri(address, location), HttpSource.Follow(address, location));
        }
        else
        {
            Assert.Contains("redirects must lead to https", Assert.Throws<DownloadException>(() => HttpSource.Follow(address, location)).Message, StringComparison.Ordinal);
        }
    }

    private static byte[] Answer(byte[] content) => ScriptedServer.Answer("200 OK", content, "ETag: \"v1\"", $"Content-Length: {content.Length}");
}
