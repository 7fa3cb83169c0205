using Cdam.Evaluator.Tests.LinearModel;
using Cdam.Evaluator.Tests.Sessions;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Evaluator.Tests.Sources;

public sealed class ServerFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ServerFolderTests()
    {
        Write("root/val/a.png", LinearPicture.Pixels(0));
        Write("root/val/b/c.JPG", LinearPicture.Pixels(1));
        Write("root/val/broken.png", [1, 2, 3]);
        Write("root/val/notes.txt", [1]);
        Write("outside/secret.png", LinearPicture.Pixels(2));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folder_WithoutManifest_IsMeasuredByPath()
    {
        File.CreateSymbolicLink(_folder.File("root/val/out.png"), _folder.File("outside/secret.png"));
        Directory.CreateSymbolicLink(_folder.File("root/val/away"), _folder.File("outside"));

        var events = await RunAsync(new ServerFolder { Path = "photos/val" });

        Assert.Equal(
            [(0, "a.png"), (1, "b/c.JPG")],
            events.Select(step => step.ImageMeasured).OfType<ImageMeasured>().Select(image => (image.Position, image.Name)).Order());
        Assert.Equal("broken.png", Assert.Single(events, step => step.ImageFailed is not null).ImageFailed.Name);
    }

    [Fact]
    public async Task Manifest_NamesImagesAndLabels()
    {
        Manifest("""{"images": [{"file": "b/c.JPG", "labels": [2]}, {"file": "a.png", "labels": ["Output 1", 0]}, {"file": "a.png", "labels": [0]}]}""");

        var events = await RunAsync(new ServerFolder { Path = "photos/val", Manifest = "list.json" }, LabelUse.Target);

        Assert.Equal(
            [(0, "b/c.JPG", 2), (1, "a.png", 1), (2, "a.png", 0)],
            events.Select(step => step.ImageMeasured).OfType<ImageMeasured>()
                .Select(image => (image.Position, image.Name, image.Target.OutputIndex)).Order());
    }

    [Fact]
    public async Task Manifest_NamesMasks_WhichAreMeasuredOrRefusedByName()
    {
        using (var inside = new OpenCvSharp.Mat(LinearPicture.Height, LinearPicture.Width, OpenCvSharp.MatType.CV_8UC1, OpenCvSharp.Scalar.White))
        {
            OpenCvSharp.Cv2.ImEncode(".png", inside, out var file);
            Write("root/val/a.mask.png", file);
        }

        Manifest("""
            {"images": [
                {"file": "a.png", "labels": [1], "masks": ["a.mask.png"]},
                {"file": "b/c.JPG", "masks": ["absent.png"]},
                {"file": "a.png", "masks": ["notes.txt"]}]}
            """);
        await using var system = await BenchmarkFixture.StartAsync(Root);
        var settings = Settings(new ServerFolder { Path = "photos/val", Manifest = "list.json" });
        settings.Metrics.Add("positive_mass_inside");

        var events = await system.EventsAsync(await system.StartBenchmarkAsync(settings));

        // The mask covers all of the picture, and so all of the mass.
        var measured = Assert.Single(events, step => step.ImageMeasured is not null).ImageMeasured;
        Assert.Equal(("a.png", 1.0), (measured.Name, measured.Results.Single().Values.Single().Value));
        var failed = events.Select(step => step.ImageFailed).OfType<ImageFailed>().OrderBy(image => image.Position).Select(image => image.Error.Message).ToList();
        Assert.Contains("'absent.png' cannot be read", failed[0], StringComparison.Ordinal);
        Assert.Contains("masks[0]: 'notes.txt'", failed[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatGoesOrLeadsAwayAfterTheStart_FailsAlone()
    {
        await using var system = await BenchmarkFixture.StartAsync(Root);
        Write("root/val/z1.png", LinearPicture.Pixels(3));
        Write("root/val/z2.png", LinearPicture.Pixels(3));
        var name = await system.StartBenchmarkAsync(Settings(new ServerFolder { Path = "photos/val" }, "gated"));
        await system.StopEvaluatorAsync();
        File.Delete(_folder.File("root/val/z1.png"));
        File.Delete(_folder.File("root/val/z2.png"));
        File.CreateSymbolicLink(_folder.File("root/val/z2.png"), _folder.File("outside/secret.png"));
        await system.StartEvaluatorAsync();
        system.Explainer.Gate.Release(100);

        var events = await system.EventsAsync(name);

        var failed = events.Select(step => step.ImageFailed).OfType<ImageFailed>().ToDictionary(image => image.Name, image => image.Error.Message);
        Assert.Equal(["broken.png", "z1.png", "z2.png"], failed.Keys.Order());
        Assert.Contains("cannot be read", failed["z1.png"], StringComparison.Ordinal);
        Assert.Contains("leads out of its root", failed["z2.png"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("photos/..", "path", "'..'")]
    [InlineData("photos/val/../../outside", "path", "'..'")]
    [InlineData("photos//etc", "path", "single slashes")]
    [InlineData("photos/val/", "path", "single slashes")]
    [InlineData("photos/absent", "path", "no folder")]
    [InlineData("photos/away", "path", "leads out")]
    [InlineData("photos/circle", "path", "cannot be followed")]
    [InlineData("/etc", "path", "roots: photos")]
    [InlineData("..", "path", "roots: photos")]
    public async Task Path_OutOfTheRoot_IsRefused(string path, string field, string found)
    {
        Directory.CreateSymbolicLink(_folder.File("root/away"), "../outside");
        Directory.CreateSymbolicLink(_folder.File("root/circle"), "circle");

        await AssertRefusedAsync(new ServerFolder { Path = path }, field, found);
    }

    [Theory]
    [InlineData("""{"images": [{"file": "../../outside/secret.png"}]}""", "'..'")]
    [InlineData("""{"images": [{"file": "/etc/passwd"}]}""", "single slashes")]
    [InlineData("""{"images": [{"file": "out.png"}]}""", "leads out")]
    [InlineData("""{"images": [{"file": "a.png", "label": 1}]}""", "label")]
    [InlineData("""{"images": [{"file": "a.png", "labels": [-1]}]}""", "label")]
    [InlineData("""{"images": [{"labels": [1]}]}""", "file")]
    [InlineData("""{"images": """, "cannot be read")]
    [InlineData("""{"images": [{"file": "a.png", "masks": ["../../outside/secret.png"]}]}""", "'..'")]
    [InlineData("""{"images": [{"file": "a.png", "masks": ["out.png"]}]}""", "leads out")]
    [InlineData("""{"images": [{"file": "a.png", "labels": [1], "masks": ["a.png", "a.png"]}]}""", "2 masks with 1 labels")]
    [InlineData("null", "null")]
    public async Task Manifest_AtFault_IsRefused(string content, string found)
    {
        File.CreateSymbolicLink(_folder.File("root/val/out.png"), _folder.File("outside/secret.png"));
        Manifest(content);

        await AssertRefusedAsync(new ServerFolder { Path = "photos/val", Manifest = "list.json" }, "manifest", found);
    }

    [Fact]
    public async Task Link_WithinTheRoot_IsFollowed()
    {
        Directory.CreateSymbolicLink(_folder.File("root/latest"), "val");

        var events = await RunAsync(new ServerFolder { Path = "photos/latest" });

        Assert.Equal(2, events[^1].Progress.MeasuredCount);
    }

    [Fact]
    public async Task Folder_WithoutImages_IsRefused()
    {
        Directory.CreateDirectory(_folder.File("root/empty"));
        await using var system = await BenchmarkFixture.StartAsync(Root);

        var fault = await Assert.ThrowsAsync<RpcException>(() => system.StartBenchmarkAsync(Settings(new ServerFolder { Path = "photos/empty" })));

        Assert.Equal("settings.source", fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations[0].Field);
    }

    private string Root => $"--Evaluator:Benchmarks:ImageRoots:photos={_folder.File("root")}";

    private static BenchmarkSettings Settings(ServerFolder folder, string model = "linear") =>
        new() { Model = $"models/{model}", Source = new BenchmarkSource { Folder = folder } };

    private async Task<List<BenchmarkEvent>> RunAsync(ServerFolder folder, LabelUse use = LabelUse.Unspecified)
    {
        await using var system = await BenchmarkFixture.StartAsync(Root);
        var settings = Settings(folder);
        settings.LabelUse = use;
        return await system.EventsAsync(await system.StartBenchmarkAsync(settings));
    }

    private async Task AssertRefusedAsync(ServerFolder folder, string field, string found)
    {
        await using var system = await BenchmarkFixture.StartAsync(Root);

        var fault = await Assert.ThrowsAsync<RpcException>(() => system.StartBenchmarkAsync(Settings(folder)));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        var violation = fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations[0];
        Assert.StartsWith($"settings.source.folder.{field}", violation.Field, StringComparison.Ordinal);
        Assert.Contains(found, violation.Description, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Path, fault.ToString(), StringComparison.Ordinal); // where the roots are is nobody's business
    }

    private void Manifest(string content) => File.WriteAllText(_folder.File("root/val/list.json"), content);

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        File.WriteAllBytes(_folder.File(name), content);
    }
}
