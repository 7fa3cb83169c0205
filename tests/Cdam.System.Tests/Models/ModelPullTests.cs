using Cdam.Attribution.Models;
using Cdam.Cli.Downloads;
using Cdam.System.Tests.Downloads;

namespace Cdam.System.Tests.Models;

public sealed class ModelPullTests : IDisposable
{
    private readonly PublishedModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task Pull_OfAnEntry_MakesAFolderThatLoads()
    {
        await using var server = await FileServer.Start(_model.Served);
        var hash = ManifestFile.Hash(_model.Checkpoint);
        Assert.Equal(_model.Target, await _model.Pull(server.Address, _model.With(hash[..8], new FileInfo(_model.Checkpoint).Length)));
        using var model = ExplainableModel.Load(_model.Target, new ModelOptions { Device = "cpu" });
        Assert.Equal(("small", hash, "MIT"), (model.Manifest.Id, model.Manifest.Files[0].Sha256, model.Manifest.Licence));
        Assert.Equal(["model.json", "small.pth"], Directory.GetFiles(_model.Target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_model.Locations.Folder, ".partial")));
        Assert.Contains(hash, _model.Written, StringComparison.Ordinal);
        Assert.DoesNotContain("this one is recorded", _model.Written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_WithoutAPublishedHash_RecordsAndShowsTheOneFound()
    {
        await using var server = await FileServer.Start(_model.Served);
        await _model.Pull(server.Address);
        var hash = ManifestFile.Hash(_model.Checkpoint);
        Assert.Equal(hash, ModelManifest.Read(_model.Target).Files[0].Sha256);
        Assert.Contains($"SHA-256 {hash}; none is published for this file: this one is recorded", _model.Written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_TwiceAtOnce_FetchesOnce()
    {
        await using var server = await FileServer.Start(_model.Served);
        var folders = await Task.WhenAll(_model.Pull(server.Address), _model.Pull(server.Address), _model.Pull(server.Address));
        Assert.All(folders, folder => Assert.Equal(_model.Target, folder));
        Assert.Equal(1, server.Requests);
        Assert.Equal("small", ModelInspection.Of(_model.Target).Manifest.Id);
        Assert.Contains("waiting for it", _model.Written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_CutShort_GoesOnTheNextTime()
    {
        var content = File.ReadAllBytes(_model.Checkpoint);
        var half = content.Length / 2;
        await using var server = new ScriptedServer((_, number) => number == 0
            ? ScriptedServer.Answer("200 OK", content.AsSpan(0, half), "ETag: \"v1\"", $"Content-Length: {content.Length}")
            : ScriptedServer.Answer("206 Partial Content", content.AsSpan(half), "ETag: \"v1\"", $"Content-Range: bytes {half}-{content.Length - 1}/{content.Length}"));
        await Assert.ThrowsAsync<DownloadException>(() => _model.Pull(server.Address, attempts: 1));
        Assert.False(Directory.Exists(_model.Target));
        await _model.Pull(server.Address);
        Assert.Equal($"bytes={half}-", ScriptedServer.Header(server.Requests[1], "Range"));
        Assert.Equal(content, File.ReadAllBytes(Path.Combine(_model.Target, "small.pth")));
    }

    [Fact]
    public async Task Pull_OfAnotherFile_LeavesNothingAndTellsTheWayByHand()
    {
        await using var server = await FileServer.Start(_model.Served);
        var message = (await Assert.ThrowsAsync<DownloadException>(() => _model.Pull(server.Address, _model.With("00000000")))).Message;
        Assert.Contains("starts with 00000000", message, StringComparison.Ordinal);
        Assert.Contains("fetch https://example.org/published/small.pth", message, StringComparison.Ordinal);
        Assert.Contains("cdam models add small.pth --entry small", message, StringComparison.Ordinal);
        AssertNothing();
    }

    [Fact]
    public async Task Pull_OfAFileThatDoesNotHoldTheModel_LeavesNothing()
    {
        await using var server = await FileServer.Start(_model.Served);
        var other = _model.Entry with { File = _model.Entry.File with { Prefixes = new Dictionary<string, ModelPart> { ["model."] = ModelPart.Backbone } } };
        var message = (await Assert.ThrowsAsync<ModelException>(() => _model.Pull(server.Address, other))).Message;
        Assert.Contains("missing Backbone \"cls_token\"", message, StringComparison.Ordinal);
        Assert.Contains("; and 10 more", message, StringComparison.Ordinal);    // 30 tensors are needed, 20 are named
        AssertNothing();
    }

    [Fact]
    public async Task Pull_OfWhatIsThere_AsksNobody()
    {
        await using var server = await FileServer.Start(_model.Served);
        await _model.Pull(server.Address);
        await _model.Pull(server.Address);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Pull_WhereSomethingElseIs_LeavesItAlone()
    {
        Directory.CreateDirectory(_model.Target);
        await using var server = await FileServer.Start(_model.Served);
        Assert.Contains("model.json", (await Assert.ThrowsAsync<ModelException>(() => _model.Pull(server.Address))).Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    private void AssertNothing()
    {
        Assert.Equal(".partial", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(_model.Locations.Folder))));
        Assert.Equal("small.lock", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(Path.Combine(_model.Locations.Folder, ".partial")))));
    }
}
