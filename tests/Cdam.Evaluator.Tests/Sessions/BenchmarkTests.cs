using Cdam.Evaluator.Tests.Store;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Evaluator.Tests.Sessions;

public sealed class BenchmarkTests
{
    private static CancellationToken Patience => EvaluatorFixture.Patience;

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Run_UploadedImages_GivesWhatEvaluateImageGivesAndItsMeans(string store)
    {
        const int Images = 6;
        await using var system = await BenchmarkFixture.StartOnAsync(store);
        var settings = await system.SettingsAsync(Images, "linear", "attention", "CDAM");
        using var call = system.Client.RunBenchmark(new RunBenchmarkRequest { Settings = settings }, cancellationToken: Patience);

        var events = await call.ResponseStream.ReadAllAsync().Select(answer => answer.Event).ToListAsync();

        Assert.Equal(Enumerable.Range(1, Images + 2).Select(number => (long)number), events.Select(step => step.Number));
        Assert.Equal(["attention", "cdam"], events[0].Started.Settings.Methods.Select(method => method.Name)); // the alias is resolved
        var measured = events.Select(step => step.ImageMeasured).OfType<ImageMeasured>().OrderBy(image => image.Position).ToList();
        Assert.Equal(Enumerable.Range(0, Images).Select(number => $"picture {number}"), measured.Select(image => image.Name));
        var expected = new List<FidelityResult>();
        foreach (var image in measured)
        {
            var single = await EvaluateAsync(system, image.Position);
            var result = single.Single(step => step.Result?.Method == "cdam").Result;
            expected.Add(result);
            Assert.Equal(Values(result), Values(image.Results[1]));
            Assert.Equal(single[1].Planned.Target, image.Target);
            var mif = single.Where(step => step.Point is { Method: "cdam", Order: PerturbationOrder.MostImportantFirst }).OrderBy(step => step.Point.Percent);
            Assert.Equal(mif.Select(step => (double)step.Point.Value), image.Results[1].Curves.Single(curve => curve.Name == "mif").Y);
        }

        var finished = events[^1].Finished;
        Assert.Equal((BenchmarkState.Succeeded, Images, 0), (finished.State, events[^1].Progress.MeasuredCount, events[^1].Progress.FailedCount));
        Assert.Equal(expected.Aggregate(0.0, (sum, result) => sum + result.ALifMif) / Images, Mean(finished.Table, "cdam", "a_lif_mif").Mean);
        Assert.Equal(0, Mean(finished.Table, "attention", "gradient_consistency").ImageCount); // it has none
        Assert.Equal(MetricDirection.LowerIsBetter, finished.Table.Metrics.Single(metric => metric.Name == "a_mif").Direction);
    }

    [Fact]
    public async Task Attach_FromAnyNumber_GivesTheSameEvents()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var name = await system.StartBenchmarkAsync(await system.SettingsAsync(3));
        var all = await system.EventsAsync(name);
        var other = await system.StartEvaluatorAsync(); // any evaluator has them

        for (var from = 0; from <= all.Count; from++)
        {
            using var call = other.Client.AttachBenchmark(new AttachBenchmarkRequest { Name = name, FromEvent = from }, cancellationToken: Patience);
            var events = await call.ResponseStream.ReadAllAsync().Select(answer => answer.Event).ToListAsync();
            Assert.Equal(all.Skip(Math.Max(0, from - 1)), events);
        }

        var fault = await Assert.ThrowsAsync<RpcException>(() => system.EventsAsync(name, all.Count + 1));
        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
    }

    [Fact]
    public async Task Client_ThatGoes_DoesNotStopWhatItStarted()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var settings = await system.SettingsAsync(3, "gated");
        string name;
        using (var call = system.Client.RunBenchmark(new RunBenchmarkRequest { Settings = settings }, cancellationToken: Patience))
        {
            Assert.True(await call.ResponseStream.MoveNext());
            name = call.ResponseStream.Current.Event.Started.Name;
        }

        system.Explainer.Gate.Release(3);

        Assert.Equal(BenchmarkState.Succeeded, (await system.EventsAsync(name))[^1].Finished.State);
    }

    [Fact]
    public async Task Images_ThatFail_AreRecordedAndTheOthersGoOn()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var broken = BenchmarkFixture.Picture(1);
        broken.Image = new Image { Encoded = Google.Protobuf.ByteString.CopyFromUtf8("no picture") };
        var uploaded = await system.UploadAsync(BenchmarkFixture.Picture(0), broken, BenchmarkFixture.Picture(2));
        var settings = new BenchmarkSettings { Model = "models/linear", Source = new BenchmarkSource { ImageSet = uploaded.ImageSet } };

        var events = await system.EventsAsync(await system.StartBenchmarkAsync(settings));

        var failed = Assert.Single(events, step => step.ImageFailed is not null).ImageFailed;
        Assert.Equal((1, "picture 1", 3), (failed.Position, failed.Name, failed.Error.Code));
        Assert.Contains("is no picture", failed.Error.Message, StringComparison.Ordinal);
        Assert.Equal((BenchmarkState.Succeeded, 2, 1),
            (events[^1].Finished.State, events[^1].Progress.MeasuredCount, events[^1].Progress.FailedCount));
        Assert.Equal(2, Mean(events[^1].Finished.Table, "cdam", "a_mif").ImageCount);
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("short")]
    public async Task Explainer_ThatAnswersNonsense_IsTriedThreeTimes(string model)
    {
        await using var system = await BenchmarkFixture.StartAsync();

        var events = await system.EventsAsync(await system.StartBenchmarkAsync(await system.SettingsAsync(1, model)));

        Assert.Equal((int)StatusCode.Internal, events[1].ImageFailed.Error.Code);
        Assert.Equal(3, system.Explainer.PredictMessages.Count(message => message.Picture is not null));
    }

    [Fact]
    public async Task Calls_ThroughTheGateway_WorkAsWithoutIt()
    {
        await using var system = await EvaluatorFixture.StartAsync();
        using var upload = system.Client.UploadImages(cancellationToken: Patience);
        await upload.RequestStream.WriteAsync(BenchmarkFixture.Picture(0));
        await upload.RequestStream.WriteAsync(BenchmarkFixture.Picture(1));
        await upload.RequestStream.CompleteAsync();
        var source = new BenchmarkSource { ImageSet = (await upload).ImageSet };
        var settings = new BenchmarkSettings { Model = "models/linear", Source = source };

        using var run = system.Client.RunBenchmark(new RunBenchmarkRequest { Settings = settings }, cancellationToken: Patience);
        var events = await run.ResponseStream.ReadAllAsync().Select(answer => answer.Event).ToListAsync();
        var name = events[0].Started.Name;
        using var attach = system.Client.AttachBenchmark(new AttachBenchmarkRequest { Name = name, FromEvent = 2 }, cancellationToken: Patience);

        Assert.Equal(events[1..], await attach.ResponseStream.ReadAllAsync().Select(answer => answer.Event).ToListAsync());
        Assert.Equal(2, events[^1].Progress.MeasuredCount);
        var got = await system.Client.GetBenchmarkAsync(new GetBenchmarkRequest { Name = name }, cancellationToken: Patience);
        Assert.Equal(BenchmarkState.Succeeded, got.Benchmark.State);
        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await system.Client.StartBenchmarkAsync(new StartBenchmarkRequest(), cancellationToken: Patience));
        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
    }

    [Fact]
    public async Task Labels_AsTargets_AreRead()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var settings = await system.SettingsAsync(4);
        settings.LabelUse = LabelUse.Target;

        var events = await system.EventsAsync(await system.StartBenchmarkAsync(settings));

        var measured = events.Select(step => step.ImageMeasured).OfType<ImageMeasured>().ToList();
        Assert.Equal(4, measured.Count);
        Assert.All(measured, image => Assert.Equal(image.Position % 3, image.Target.OutputIndex));
    }

    /// <summary>
    /// A linear model's map foretells every drop exactly: what a box takes away is the difference of the sums, so that boxes correlate
    /// with the right class's map better than with another's.
    /// </summary>
    [Fact]
    public async Task Pairs_WithBoxes_TellTheRightClassFromTheWrongOne()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var settings = await system.SettingsAsync(4);
        using var upload = system.Client.UploadImages(cancellationToken: Patience);
        for (var number = 0; number < 4; number++)
        {
            var picture = BenchmarkFixture.Picture(number);
            picture.Labels.Add(new Target { Index = (number + 1) % 3 });
            await upload.RequestStream.WriteAsync(picture, Patience);
        }

        await upload.RequestStream.CompleteAsync();
        settings.Source = new BenchmarkSource { ImageSet = (await upload).ImageSet };
        settings.LabelUse = LabelUse.Pair;
        settings.Metrics.Clear();
        settings.Metrics.Add(["a_lif_mif", "a_box", "mean_box_correlation", "a_delta_lif_mif", "a_delta_box"]);
        settings.Boxes = new BoxSampling { Sides = { 4, 8, 12 }, BoxesPerSide = 40, Seed = 5 };

        var events = await system.EventsAsync(await system.StartBenchmarkAsync(settings));

        var measured = events.Select(step => step.ImageMeasured).OfType<ImageMeasured>().ToList();
        Assert.Equal(4, measured.Count);
        Assert.All(measured, image =>
        {
            var cdam = image.Results.Single(result => result.Method == "cdam");
            var values = Values(cdam);
            Assert.Equal(5, values.Count);
            Assert.Equal(["mif", "lif", "box", "mif_wrong_class", "lif_wrong_class", "box_wrong_class"], cdam.Curves.Select(curve => curve.Name));
            var (box, wrong) = (cdam.Curves[2], cdam.Curves[5]);
            Assert.Equal([4.0, 8, 12], box.X);
            Assert.Equal(values["mean_box_correlation"], box.Y.Average(), 1e-12);
            Assert.Equal(values["a_box"], Trapezoid(box), 1e-12);
            Assert.Equal(values["a_delta_box"], Trapezoid(box) - Trapezoid(wrong), 1e-12);
            Assert.Equal(values["a_delta_lif_mif"], values["a_lif_mif"] - (Trapezoid(cdam.Curves[4]) - Trapezoid(cdam.Curves[3])), 1e-9);
            Assert.True(image.ForwardPasses < image.NaiveForwardPasses);
        });
        // Two maps a method for each of four images: 11 percentages in both orders and 120 boxes; the boxes, both ends and the map of
        // no target are shared.
        var started = events[0].Started;
        Assert.Equal((4 * 2 * (22 + 120), 4 * ((2 * 2 * 9) + 2 + 120)), (started.NaiveForwardPasses, started.PlannedForwardPasses));
        Assert.Equal(started.NaiveForwardPasses, events[^1].Progress.NaiveForwardPasses);
        Assert.InRange(events[^1].Progress.ForwardPasses, 1, started.PlannedForwardPasses);
        Assert.True(measured.Average(image => Values(image.Results.Single(result => result.Method == "cdam"))["a_delta_box"]) > 0);
    }

    [Fact]
    public async Task Request_Repeated_GivesTheSameBenchmark()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var request = new StartBenchmarkRequest { Settings = await system.SettingsAsync(1), RequestId = Guid.NewGuid().ToString() };

        var first = await system.Client.StartBenchmarkAsync(request, cancellationToken: Patience);
        var second = await system.Client.StartBenchmarkAsync(request, cancellationToken: Patience);
        request.Settings.Percents.AddRange([0, 100]);
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await system.Client.StartBenchmarkAsync(request, cancellationToken: Patience));

        Assert.Equal(first.Benchmark.Name, second.Benchmark.Name);
        Assert.Equal(StatusCode.AlreadyExists, fault.StatusCode);
    }

    [Fact]
    public async Task List_InPages_GivesEachOnceTheNewestFirst()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var settings = await system.SettingsAsync(1);
        var names = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            names.Add(await system.StartBenchmarkAsync(settings));
            await Task.Delay(2, Patience); // names of one millisecond are in any order
        }

        var listed = new List<string>();
        var request = new ListBenchmarksRequest { PageSize = 2 };
        do
        {
            var page = await system.Client.ListBenchmarksAsync(request, cancellationToken: Patience);
            Assert.InRange(page.Benchmarks.Count, 1, 2);
            listed.AddRange(page.Benchmarks.Select(benchmark => benchmark.Name));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(Enumerable.Reverse(names), listed);
        var got = await system.Client.GetBenchmarkAsync(new GetBenchmarkRequest { Name = names[0] }, cancellationToken: Patience);
        Assert.Equal((names[0], "models/linear", 1), (got.Benchmark.Name, got.Benchmark.Settings.Model, got.Benchmark.Progress.ImageCount));
    }

    private static async Task<List<EvaluateImageResponse>> EvaluateAsync(BenchmarkFixture system, int number)
    {
        var request = EvaluatorFixture.Request("linear", "cdam");
        request.Image = BenchmarkFixture.Picture(number).Image;
        using var call = system.Client.EvaluateImage(request, cancellationToken: Patience);
        return await call.ResponseStream.ReadAllAsync().ToListAsync();
    }

    private static Dictionary<string, double> Values(FidelityResult result) => new()
    {
        ["a_mif"] = result.AMif,
        ["a_lif"] = result.ALif,
        ["a_lif_mif"] = result.ALifMif,
        ["compactness"] = result.Compactness,
        ["gradient_consistency"] = result.GradientConsistency,
    };

    private static double Trapezoid(MetricCurve curve) =>
        Enumerable.Range(1, curve.X.Count - 1).Sum(i => (curve.X[i] - curve.X[i - 1]) * (curve.Y[i] + curve.Y[i - 1]) / 2);

    /// <summary>Of the metrics that EvaluateImage has, too.</summary>
    private static Dictionary<string, double> Values(MethodResult result) =>
        result.Values.Where(pair => pair.Metric != "compactness_absolute").ToDictionary(pair => pair.Metric, pair => pair.Value);

    private static MetricMean Mean(BenchmarkTable table, string method, string metric) =>
        table.Rows.Single(row => row.Method == method).Means.Single(mean => mean.Metric == metric);
}
