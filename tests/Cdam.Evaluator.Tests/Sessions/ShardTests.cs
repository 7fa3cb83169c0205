using System.Diagnostics;
using Cdam.Evaluator.Tests.Store;
using Cdam.V1;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Tests.Sessions;

/// <summary>Evaluators that share one session, beside one that shares nothing: the table is the unshared one, bit for bit, and nothing is measured twice.</summary>
public sealed class ShardTests
{
    private const int Shards = 3;
    private const int Images = InterruptionTests.Images;

    private static CancellationToken Patience => EvaluatorFixture.Patience;

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Shards_OneKilledAndRunAgain_GiveTheUnsharedTableAndRepeatNothingThatIsStored(string store)
    {
        await using var system = await BenchmarkFixture.StartOnAsync(store);
        var settings = await system.SettingsAsync(Images, "gated", "cdam", "input_x_gradient");
        var expected = await system.UninterruptedAsync(settings);
        var session = Guid.NewGuid();

        system.Explainer.Gate.Release(1);
        var name = await KillAfterOneImageAsync(system, session, settings);
        var before = Pictures(system);
        var bystander = system.Client;
        for (var index = 0; index < Shards; index++)
        {
            await system.StartEvaluatorAsync(Shard(session, index));
        }

        system.Explainer.Gate.Release(100);

        // The evaluator that is no shard has kept its hands off: it would have announced itself by an event.
        var events = await system.EventsAsync(name);
        InterruptionTests.AssertWhole(expected, events);
        Assert.DoesNotContain(events, step => step.Resumed is not null);
        Assert.Equal(Images - 1, Pictures(system) - before);
        Assert.Equal(BenchmarkState.Succeeded, (await bystander.GetBenchmarkAsync(new GetBenchmarkRequest { Name = name })).Benchmark.State);
    }

    [Fact]
    public async Task Shard_AloneInItsSession_MeasuresItsOwnImagesOnly_AndIsDoneBeforeTheSessionIs()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var (settings, session) = (await system.SettingsAsync(Images), Guid.NewGuid());
        await using var shard = await ShardedEvaluator.StartAsync(system.Arguments(Shard(session, 1)));

        var name = await shard.BeginAsync(session, settings);
        await shard.Settled.WaitAsync(Patience);

        var running = (await system.Client.GetBenchmarkAsync(new GetBenchmarkRequest { Name = name })).Benchmark;
        Assert.Equal((BenchmarkState.Running, 2), (running.State, running.Progress.MeasuredCount));
        await using var again = await ShardedEvaluator.StartAsync(system.Arguments(Shard(session, 1)));
        await again.Settled.WaitAsync(Patience); // nothing is left to do
        var cancelled = await system.Client.CancelBenchmarkAsync(new CancelBenchmarkRequest { Name = name }, cancellationToken: Patience);
        Assert.Equal(2, cancelled.Benchmark.Progress.MeasuredCount);
        var events = await system.EventsAsync(name);
        Assert.Equal([1, 4], events.Select(step => step.ImageMeasured?.Position).OfType<int>().Order());
        Assert.Equal(BenchmarkState.Cancelled, events[^1].Finished.State);
    }

    [Fact]
    public async Task Shard_OfAnotherNumberOfShards_FailsAndSaysBothNumbers()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var (settings, session) = (await system.SettingsAsync(1), Guid.NewGuid());
        await using var first = await ShardedEvaluator.StartAsync(system.Arguments(Shard(session, 0)));
        await first.BeginAsync(session, settings);

        await using var other = await ShardedEvaluator.StartAsync(system.Arguments(
            $"--Evaluator:Shard:Session={session}", "--Evaluator:Shard:Index=4", "--Evaluator:Shard:Count=5"));

        var fault = await Assert.ThrowsAsync<IOException>(() => other.Settled.WaitAsync(Patience));
        Assert.Equal($"Session {session} was started for 3 shards; Evaluator:Shard:Count is 5.", fault.Message);
    }

    [Fact]
    public async Task Shard_WhoseExplainersAreLostForTooLong_Fails_AndTheSessionWaitsForTheNext()
    {
        await using var system = await BenchmarkFixture.StartAsync("--Evaluator:Benchmarks:ExplainerPatienceSeconds=1");
        var (settings, session) = (await system.SettingsAsync(2, "gated"), Guid.NewGuid());
        await using var shard = await ShardedEvaluator.StartAsync(system.Arguments(Shard(session, 1)));
        var name = await shard.BeginAsync(session, settings);
        await system.StopExplainerAsync();

        await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => shard.Settled.WaitAsync(Patience));

        await system.ResumeExplainerAsync();
        var kept = (await system.Client.GetBenchmarkAsync(new GetBenchmarkRequest { Name = name })).Benchmark;
        Assert.Equal((BenchmarkState.Running, 0, 0), (kept.State, kept.Progress.MeasuredCount, kept.Progress.FailedCount));
    }

    [Theory]
    [InlineData("x", 0, 1, "Evaluator:Shard:Session (x) must be a UUID")]
    [InlineData("3f2504e0-4f89-41d3-9a0c-0305e82c3301", 3, 3, "Evaluator:Shard:Index (3) must be between 0 and Count - 1 (2)")]
    [InlineData("3f2504e0-4f89-41d3-9a0c-0305e82c3301", 0, 0, "Evaluator:Shard:Count (0) must be between 1 and 10000")]
    public async Task Options_ThatNoShardCanHave_AreRefused(string session, int index, int count, string message)
    {
        await using var store = await TestStore.EmptyAsync(TestStore.Sqlite);

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(async () => await RunningEvaluator.StartAsync(
        [
            "--Evaluator:Listen=http://127.0.0.1:0", "--Evaluator:ExplainerAddress=http://127.0.0.1:1", "--Logging:LogLevel:Default=None", .. store.Arguments,
            $"--Evaluator:Shard:Session={session}", $"--Evaluator:Shard:Index={index}", $"--Evaluator:Shard:Count={count}",
        ]));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    private static string[] Shard(Guid session, int index) =>
        [$"--Evaluator:Shard:Session={session}", $"--Evaluator:Shard:Index={index}", $"--Evaluator:Shard:Count={Shards}"];

    private static int Pictures(BenchmarkFixture system) => system.Explainer.PredictMessages.Count(message => message.Picture is not null);

    private static int Calls(BenchmarkFixture system) => system.Explainer.PredictMessages.Count(message => message.Setup is not null);

    /// <summary>Shard 1, a process, starts the session, and is killed once one of its images is stored and it waits for the next.</summary>
    private static async Task<string> KillAfterOneImageAsync(BenchmarkFixture system, Guid session, BenchmarkSettings settings)
    {
        string[] arguments = system.Arguments([.. Shard(session, 1), "--Evaluator:Benchmarks:ImagesInFlight=1"]);
        using var victim = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Cdam.Evaluator.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            var before = Calls(system);
            var line = await victim.StandardOutput.ReadLineAsync(Patience);
            using var channel = GrpcChannel.ForAddress(line!["listening ".Length..]);
            var request = new StartBenchmarkRequest { Settings = settings, RequestId = session.ToString() };
            var started = await new EvaluatorService.EvaluatorServiceClient(channel).StartBenchmarkAsync(request, cancellationToken: Patience);
            await system.MeasuredAsync(started.Benchmark.Name, 1);
            while (Calls(system) < before + 2)
            {
                await Task.Delay(10, Patience);
            }

            return started.Benchmark.Name;
        }
        finally
        {
            victim.Kill(); // SIGKILL
            await victim.WaitForExitAsync(CancellationToken.None);
        }
    }
}
