using System.Diagnostics;
using Cdam.Evaluator.Tests.Store;
using Cdam.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Cdam.Evaluator.Tests.Sessions;

/// <summary>Whatever happens on the way, the tables are those of an undisturbed run, bit for bit, and no image is lost or counted twice.</summary>
public sealed class InterruptionTests
{
    internal const int Images = 6;

    private static CancellationToken Patience => EvaluatorFixture.Patience;

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Evaluator_StoppedMidway_IsFollowedByTheNext(string store)
    {
        await using var system = await BenchmarkFixture.StartOnAsync(store);
        var settings = await system.SettingsAsync(Images, "gated", "cdam", "input_x_gradient");
        var expected = await system.UninterruptedAsync(settings);
        var name = await system.StartBenchmarkAsync(settings);
        system.Explainer.Gate.Release(2);
        await system.MeasuredAsync(name, 2);

        await system.StopEvaluatorAsync();
        await system.StartEvaluatorAsync();
        system.Explainer.Gate.Release(100);

        AssertWhole(expected, await system.EventsAsync(name));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Evaluator_KilledMidway_IsFollowedByTheNextOnceItsLeaseRunsOut(string store)
    {
        await using var system = await BenchmarkFixture.StartOnAsync(store);
        var settings = await system.SettingsAsync(Images, "gated", "cdam", "input_x_gradient");
        var expected = await system.UninterruptedAsync(settings);
        await system.StopEvaluatorAsync();

        string name;
        using (var victim = StartProcess(system.Arguments()))
        {
            var line = await victim.StandardOutput.ReadLineAsync(Patience);
            using var channel = GrpcChannel.ForAddress(line!["listening ".Length..]);
            var client = new EvaluatorService.EvaluatorServiceClient(channel);
            using var call = client.RunBenchmark(new RunBenchmarkRequest { Settings = settings }, cancellationToken: Patience);
            Assert.True(await call.ResponseStream.MoveNext());
            name = call.ResponseStream.Current.Event.Started.Name;
            system.Explainer.Gate.Release(3);
            while (call.ResponseStream.Current.Event.Progress.MeasuredCount < 3)
            {
                Assert.True(await call.ResponseStream.MoveNext());
            }

            victim.Kill(); // SIGKILL
            await victim.WaitForExitAsync(Patience);
        }

        await system.StartEvaluatorAsync();
        system.Explainer.Gate.Release(100);

        AssertWhole(expected, await system.EventsAsync(name));
    }

    [Fact]
    public async Task Evaluators_OnOneStore_ShareSessionsWithoutMeasuringAnImageTwice()
    {
        // Nobody dies here, and a starved evaluator must not count as dead: its images would rightly be measured again.
        await using var system = await BenchmarkFixture.StartAsync("--Evaluator:Benchmarks:LeaseSeconds=600");
        var settings = await system.SettingsAsync(Images);
        var expected = await system.UninterruptedAsync(settings);
        await system.StartEvaluatorAsync();
        await system.StartEvaluatorAsync();
        var before = Pictures(system);

        var names = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => system.StartBenchmarkAsync(settings)));

        foreach (var name in names)
        {
            AssertWhole(expected, await system.EventsAsync(name));
        }

        Assert.Equal(4 * Images, Pictures(system) - before);
    }

    [Fact]
    public async Task Explainer_LostMidway_IsWaitedFor()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var settings = await system.SettingsAsync(Images, "gated");
        var expected = await system.UninterruptedAsync(settings);
        var name = await system.StartBenchmarkAsync(settings);
        system.Explainer.Gate.Release(2);
        await system.MeasuredAsync(name, 2);

        await system.StopExplainerAsync();
        await Task.Delay(TimeSpan.FromSeconds(0.5), Patience); // some attempts fail
        await system.ResumeExplainerAsync();
        system.Explainer.Gate.Release(100);

        AssertWhole(expected, await system.EventsAsync(name));
    }

    [Fact]
    public async Task Explainer_LostForTooLong_FailsTheSessionWithWhatItHas()
    {
        await using var system = await BenchmarkFixture.StartAsync("--Evaluator:Benchmarks:ExplainerPatienceSeconds=1");
        var name = await system.StartBenchmarkAsync(await system.SettingsAsync(Images, "gated"));
        system.Explainer.Gate.Release(2);
        await system.MeasuredAsync(name, 2);

        await system.StopExplainerAsync();
        var events = await system.EventsAsync(name);
        await system.ResumeExplainerAsync();

        var finished = events[^1].Finished;
        Assert.Equal((BenchmarkState.Failed, (int)StatusCode.Unavailable), (finished.State, finished.Error.Code));
        Assert.Equal(2, finished.Table.Rows[0].Means[0].ImageCount);
        Assert.Equal(0, events[^1].Progress.FailedCount); // it was not the images' fault
    }

    [Fact]
    public async Task Model_ReplacedUnderItsName_EndsTheSessionInsteadOfMixingTheTwo()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var name = await system.StartBenchmarkAsync(await system.SettingsAsync(Images, "gated"));
        system.Explainer.Gate.Release(2);
        await system.MeasuredAsync(name, 2);

        await system.StopEvaluatorAsync();
        system.Explainer.Checkpoint = "b2";
        await system.StartEvaluatorAsync();
        system.Explainer.Gate.Release(100);
        var events = await system.EventsAsync(name);

        var finished = events[^1].Finished;
        Assert.Equal((BenchmarkState.Failed, (int)StatusCode.FailedPrecondition), (finished.State, finished.Error.Code));
        Assert.Contains("models/gated is served from other files (b2) than when the session was started (a1)", finished.Error.Message, StringComparison.Ordinal);
        Assert.Equal(2, finished.Table.Rows[0].Means[0].ImageCount);
        Assert.Equal(["a1"], events[0].Started.Settings.CheckpointSha256);
    }

    [Fact]
    public async Task Cancel_OfARunningSession_StopsItSoonAndKeepsWhatItHas()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var name = await system.StartBenchmarkAsync(await system.SettingsAsync(Images, "gated"));
        system.Explainer.Gate.Release(2);
        await system.MeasuredAsync(name, 2);

        var answer = await system.Client.CancelBenchmarkAsync(new CancelBenchmarkRequest { Name = name }, cancellationToken: Patience);
        var events = await system.EventsAsync(name);

        Assert.True(answer.Benchmark.CancelRequested);
        Assert.Equal(BenchmarkState.Cancelled, events[^1].Finished.State);
        Assert.Equal(2, events[^1].Finished.Table.Rows[0].Means[0].ImageCount);
        Assert.Equal(4, events.Count);
    }

    [Fact]
    public async Task Cancel_OfASessionThatWaits_EndsItAtOnce()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var settings = await system.SettingsAsync(1, "gated");
        var running = await system.StartBenchmarkAsync(settings);
        while ((await system.Client.GetBenchmarkAsync(new GetBenchmarkRequest { Name = running })).Benchmark.State != BenchmarkState.Running)
        {
            await Task.Delay(10, Patience);
        }

        var waiting = await system.StartBenchmarkAsync(settings); // one at a time is the default
        var answer = await system.Client.CancelBenchmarkAsync(new CancelBenchmarkRequest { Name = waiting }, cancellationToken: Patience);

        Assert.Equal(BenchmarkState.Cancelled, answer.Benchmark.State);
        Assert.NotNull(answer.Benchmark.EndTime);
        system.Explainer.Gate.Release(1);
        Assert.Equal(BenchmarkState.Succeeded, (await system.EventsAsync(running))[^1].Finished.State);
    }

    private static int Pictures(BenchmarkFixture system) => system.Explainer.PredictMessages.Count(message => message.Picture is not null);

    internal static void AssertWhole(BenchmarkTable expected, List<BenchmarkEvent> events)
    {
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(step => step.Number));
        var positions = events.Select(step => step.ImageMeasured).OfType<ImageMeasured>().Select(image => image.Position);
        Assert.Equal(Enumerable.Range(0, Images), positions.Order());
        Assert.Equal(BenchmarkState.Succeeded, events[^1].Finished.State);
        Assert.Equal(expected, events[^1].Finished.Table);
    }

    private static Process StartProcess(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Cdam.Evaluator.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }
}
