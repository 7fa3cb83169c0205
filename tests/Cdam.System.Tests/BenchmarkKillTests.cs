using Cdam.Cli.Demo;
using Cdam.Cli.Hosting;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Process = global::System.Diagnostics.Process;

namespace Cdam.System.Tests;

/// <summary>Explainer and evaluator as processes that are killed (SIGKILL) while a benchmark runs.</summary>
public sealed class BenchmarkKillTests : IDisposable
{
    private const int Images = 24;

    private readonly ReferenceModel _model = new("dino-linear");
    private readonly TemporaryFolder _folder = new();
    private readonly int _explainerPort = FreePort.Find();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Benchmark_WhoseServicesAreKilledInTurn_GivesTheUndisturbedTable()
    {
        var explainer = await StartExplainer();
        var evaluator = await StartEvaluator();
        try
        {
            var settings = await Settings(evaluator.Address);
            var expected = (await Events(evaluator.Address, await Start(evaluator.Address, settings)))[^1].Finished.Table;
            var name = await Start(evaluator.Address, settings);

            await Measured(evaluator.Address, name, 4);
            await Kill(explainer);
            explainer = await StartExplainer();
            await Measured(evaluator.Address, name, 8);
            await Kill(evaluator);
            evaluator = await StartEvaluator();
            var events = await Events(evaluator.Address, name);

            Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(step => step.Number));
            var positions = events.Where(step => step.ImageMeasured is not null).Select(step => step.ImageMeasured.Position);
            Assert.Equal(Enumerable.Range(0, Images), positions.Order());
            Assert.Contains(events, step => step.Resumed is not null);
            AssertClose(expected, events[^1].Finished.Table);
        }
        finally
        {
            await evaluator.DisposeAsync();
            await explainer.DisposeAsync();
        }
    }

    private Task<HostProcess> StartExplainer() => HostProcess.Start("Cdam.Explainer", NewLog(),
        [$"--Explainer:Listen=http://127.0.0.1:{_explainerPort}", $"--Explainer:Models:0={_model.Folder}"], Cancellation);

    private Task<HostProcess> StartEvaluator() => HostProcess.Start("Cdam.Evaluator", NewLog(),
        [
            "--Evaluator:Listen=http://127.0.0.1:0", $"--Evaluator:ExplainerAddress=http://127.0.0.1:{_explainerPort}",
            $"--Evaluator:Store:Path={Path.Combine(_folder.Path, "store.db")}", "--Evaluator:Benchmarks:LeaseSeconds=1",

            // One after another, the work is far from its end when the processes are killed.
            "--Evaluator:Benchmarks:ImagesInFlight=1",
        ],
        Cancellation);

    private string NewLog() => Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.log");

    private static async Task Kill(HostProcess host)
    {
        using var process = Process.GetProcessById(host.Id);
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
        await host.DisposeAsync();
    }

    /// <summary>The case's picture with another first row for each image.</summary>
    private async Task<BenchmarkSettings> Settings(string address)
    {
        await Readiness.Wait($"http://127.0.0.1:{_explainerPort}", "", Cancellation);
        using var channel = GrpcChannel.ForAddress(address);
        using var upload = new EvaluatorService.EvaluatorServiceClient(channel).UploadImages(cancellationToken: Cancellation);
        for (var i = 0; i < Images; i++)
        {
            var image = _model.Image;
            var rgb = image.Picture.Rgb.ToByteArray();
            new Random(i).NextBytes(rgb.AsSpan(0, 3 * image.Picture.Width));
            image.Picture.Rgb = ByteString.CopyFrom(rgb);
            await upload.RequestStream.WriteAsync(new UploadImagesRequest { Name = $"{i}", Image = image }, Cancellation);
        }

        await upload.RequestStream.CompleteAsync();
        var set = (await upload).ImageSet;
        return new BenchmarkSettings { Model = _model.Name, Source = new BenchmarkSource { ImageSet = set } };
    }

    private static async Task<string> Start(string address, BenchmarkSettings settings)
    {
        using var channel = GrpcChannel.ForAddress(address);
        var request = new StartBenchmarkRequest { Settings = settings };
        return (await new EvaluatorService.EvaluatorServiceClient(channel).StartBenchmarkAsync(request, cancellationToken: Cancellation)).Benchmark.Name;
    }

    private static async Task Measured(string address, string name, int images)
    {
        using var channel = GrpcChannel.ForAddress(address);
        using var call = new EvaluatorService.EvaluatorServiceClient(channel).AttachBenchmark(
            new AttachBenchmarkRequest { Name = name }, cancellationToken: Cancellation);
        await call.ResponseStream.ReadAllAsync(Cancellation).FirstAsync(answer => answer.Event.Progress.MeasuredCount >= images, Cancellation);
    }

    private static async Task<List<BenchmarkEvent>> Events(string address, string name)
    {
        using var channel = GrpcChannel.ForAddress(address);
        using var call = new EvaluatorService.EvaluatorServiceClient(channel).AttachBenchmark(
            new AttachBenchmarkRequest { Name = name }, cancellationToken: Cancellation);
        return await call.ResponseStream.ReadAllAsync(Cancellation).Select(answer => answer.Event).ToListAsync(Cancellation);
    }

    private static void AssertClose(BenchmarkTable expected, BenchmarkTable actual)
    {
        foreach (var (right, found) in expected.Rows.Single().Means.Zip(actual.Rows.Single().Means))
        {
            Assert.Equal((right.Metric, Images), (found.Metric, found.ImageCount));

            // Batches of other shapes round differently: 1e-5 of a value, and of 1 where the value itself is rounding.
            Assert.Equal(right.Mean, found.Mean, 1e-5 * Math.Max(1, Math.Abs(right.Mean)));
        }
    }
}
