using Cdam.Cli.Downloads;

namespace Cdam.System.Tests.Downloads;

public sealed class DownloadTests : IDisposable
{
    private const int Cut = 1_000_000;
    private readonly DownloadFolder _folder = new();

    private static byte[] Content => DownloadFolder.Content;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Download_OfAWholeFile_LandsIt()
    {
        await using var server = new ScriptedServer((_, _) => Whole());
        var last = 0L;
        await _folder.Download(server.Address, Content.Length, progress: bytes => last = bytes);
        _folder.AssertLanded();
        Assert.Equal(Content.Length, last);
        Assert.Null(ScriptedServer.Header(Assert.Single(server.Requests), "Range"));
    }

    [Fact]
    public async Task Download_CutInTheBody_GoesOnWhereItWasCut()
    {
        await using var server = new ScriptedServer((request, number) => number == 0 ? Whole(until: Cut) : Rest(request));
        await _folder.Download(server.Address);
        _folder.AssertLanded();
        Assert.Equal($"bytes={Cut}-", ScriptedServer.Header(server.Requests[1], "Range"));
        Assert.Equal("\"v1\"", ScriptedServer.Header(server.Requests[1], "If-Range"));
        Assert.Equal(2, server.Requests.Count);
        Assert.Single(_folder.Pauses);
    }

    [Fact]
    public async Task Download_FromAServerWithoutRanges_StartsAnew()
    {
        await using var server = new ScriptedServer((_, number) => Whole(until: number == 0 ? Cut : Content.Length));
        await _folder.Download(server.Address);
        _folder.AssertLanded();
        Assert.NotNull(ScriptedServer.Header(server.Requests[1], "Range"));
    }

    [Theory]
    [InlineData("ETag: W/\"v1\"")]
    [InlineData("X-Nothing: said")]
    public async Task Download_ThatNothingCanTellFromAnother_IsNotGoneOnWith(string header)
    {
        await using var server = new ScriptedServer((_, number) => Whole(until: number == 0 ? Cut : Content.Length, header));
        await _folder.Download(server.Address);
        _folder.AssertLanded();
        Assert.All(server.Requests, request => Assert.Null(ScriptedServer.Header(request, "Range")));
    }

    [Fact]
    public async Task Download_WithADateOnly_GoesOnByTheDate()
    {
        const string Date = "Wed, 01 Dec 2021 10:00:00 GMT";
        await using var server = new ScriptedServer((request, number) => number == 0 ? Whole(Cut, $"Last-Modified: {Date}") : Rest(request, $"Last-Modified: {Date}"));
        await _folder.Download(server.Address);
        _folder.AssertLanded();
        Assert.Equal(Date, ScriptedServer.Header(server.Requests[1], "If-Range"));
    }

    [Fact]
    public async Task Download_OfAFileThatChangedMeanwhile_StartsAnew()
    {
        // By If-Range a changed file comes whole, and what came of the old one must not be in it.
        var old = Enumerable.Repeat((byte)7, Content.Length).ToArray();
        await using var server = new ScriptedServer((_, number) => number == 0
            ? ScriptedServer.Answer("200 OK", old.AsSpan(0, Cut), "ETag: \"v1\"", $"Content-Length: {old.Length}")
            : Whole(Content.Length, "ETag: \"v2\""));
        await _folder.Download(server.Address);
        _folder.AssertLanded();
    }

    [Fact]
    public async Task Download_FromAServerThatIgnoresIfRange_StartsAnewOnAnotherETag()
    {
        await using var server = new ScriptedServer((request, number) => number switch
        {
            0 => ScriptedServer.Answer("200 OK", new byte[Cut], "ETag: \"v1\"", $"Content-Length: {Content.Length}"),
            1 => Rest(request, "ETag: \"v2\""),
            _ => Whole(Content.Length, "ETag: \"v2\""),
        });
        await _folder.Download(server.Address);
        _folder.AssertLanded();
        Assert.Equal(3, server.Requests.Count);
        Assert.Null(ScriptedServer.Header(server.Requests[2], "Range"));
    }

    [Fact]
    public async Task Download_AnsweredWithAnotherRange_StartsAnew()
    {
        await using var server = new ScriptedServer((_, number) => number == 1
            ? ScriptedServer.Answer("206 Partial Content", Content, "ETag: \"v1\"", $"Content-Range: bytes 0-{Content.Length - 1}/{Content.Length}")
            : Whole(until: number == 0 ? Cut : Content.Length));
        await _folder.Download(server.Address);
        _folder.AssertLanded();
    }

    [Fact]
    public async Task Download_SentInPieces_IsPutTogether()
    {
        // Some servers answer an open range with less than the rest.
        await using var server = new ScriptedServer((request, number) => number == 0 ? Whole(until: Cut) : Rest(request, until: Cut + number * Cut));
        await _folder.Download(server.Address);
        _folder.AssertLanded();
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Download_Cancelled_KeepsItsPartAndGoesOnLater()
    {
        await using var server = new ScriptedServer((request, number) => number == 0 ? Whole(until: Cut) : Rest(request));
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _folder.Download(
            server.Address, progress: bytes => CancelAt(bytes), cancellation: cancellation.Token));
        Assert.Equal(["model.pth.part", "model.pth.part.json"], _folder.Names);

        await _folder.Download(server.Address);
        _folder.AssertLanded();
        Assert.Equal($"bytes={Cut}-", ScriptedServer.Header(server.Requests[^1], "Range"));

        void CancelAt(long bytes)
        {
            if (bytes == Cut)
            {
                cancellation.Cancel();
            }
        }
    }

    [Fact]
    public async Task Download_WholeButNotLanded_LandsWithoutAsking()
    {
        await using var server = new ScriptedServer((_, _) => Whole());
        File.WriteAllBytes(_folder.File + ".part", Content);
        new PartState(server.Address, "\"v1\"", Content.Length).Write(_folder.File + ".part.json");
        await _folder.Download(server.Address);
        _folder.AssertLanded();
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"address\":\"http://127.0.0.1/other\",\"validator\":\"\\u0022v1\\u0022\",\"total\":3000000}")]
    [InlineData("{\"address\":null,\"validator\":null,\"total\":5}")]
    public async Task Download_WithAPartOfSomethingElse_StartsAnew(string state)
    {
        await using var server = new ScriptedServer((_, _) => Whole());
        File.WriteAllBytes(_folder.File + ".part", new byte[1000]);
        File.WriteAllText(_folder.File + ".part.json", state);
        await _folder.Download(server.Address);
        _folder.AssertLanded();
        Assert.Null(ScriptedServer.Header(server.Requests[0], "Range"));
    }

    /// <summary>The content from its beginning, cut after some bytes.</summary>
    private static byte[] Whole(int? until = null, string header = "ETag: \"v1\"") =>
        ScriptedServer.Answer("200 OK", Content.AsSpan(0, until ?? Content.Length), header, $"Content-Length: {Content.Length}");

    /// <summary>What a request's range asks for, or less of it.</summary>
    private static byte[] Rest(string request, string header = "ETag: \"v1\"", int? until = null)
    {
        var from = int.Parse(ScriptedServer.Header(request, "Range")!["bytes=".Length..^1], global::System.Globalization.CultureInfo.InvariantCulture);
        var end = Math.Min(until ?? Content.Length, Content.Length);
        return ScriptedServer.Answer(
            "206 Partial Content", Content.AsSpan(from..end), header, $"Content-Range: bytes {from}-{end - 1}/{Content.Length}", $"Content-Length: {end - from}");
    }
}
