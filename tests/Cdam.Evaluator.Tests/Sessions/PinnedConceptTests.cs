using Cdam.V1;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Evaluator.Tests.Sessions;

/// <summary>A concept that is deleted and made anew under its id cannot get into what was begun with the one before.</summary>
public sealed class PinnedConceptTests
{
    private static readonly Concept Anew = new() { DisplayName = "Others", Vector = { 0, 1 } };

    private static CancellationToken Patience => EvaluatorFixture.Patience;

    [Fact]
    public async Task Session_WhoseConceptIsMadeAnewWhileItRunsAndIsInterrupted_MeasuresByTheOneThatItBeganWith()
    {
        const int Images = 5;
        await using var system = await BenchmarkFixture.StartAsync();
        var settings = await system.SettingsAsync(Images, "gated", "cdam", "input_x_gradient");
        settings.Target = new Target { Concept = system.Explainer.Concepts["striped"].Clone() };
        var expected = await system.UninterruptedAsync(settings);
        settings.Target = new Target { ConceptId = "striped" };
        settings.PinnedConcept = Anew; // output only
        var name = await system.StartBenchmarkAsync(settings);
        system.Explainer.Gate.Release(1);
        await system.MeasuredAsync(name, 1);

        system.Explainer.Concepts["striped"] = Anew;
        system.Explainer.Gate.Release(1);
        await system.MeasuredAsync(name, 2);
        await system.StopEvaluatorAsync();
        await system.StartEvaluatorAsync();
        system.Explainer.Gate.Release(100);
        var events = await system.EventsAsync(name);

        Assert.Equal(expected, events[^1].Finished.Table); // bit for bit
        var pinned = events[0].Started.Settings;
        Assert.Equal(("striped", "Stripes"), (pinned.Target.ConceptId, pinned.PinnedConcept.DisplayName));
        Assert.Equal([1, 0], pinned.PinnedConcept.Vector);
        var targets = events.Select(step => step.ImageMeasured?.Target).OfType<ResolvedTarget>().ToList();
        Assert.Equal(Images, targets.Count);
        Assert.All(targets, target => Assert.Equal(("striped", "Stripes", false), (target.ConceptId, target.DisplayName, target.HasOutputIndex)));
        Assert.DoesNotContain(system.Explainer.Targets, target => target?.KindCase == Target.KindOneofCase.ConceptId);

        settings.Model = "models/linear";
        var next = await system.EventsAsync(await system.StartBenchmarkAsync(settings));
        Assert.NotEqual(expected, next[^1].Finished.Table); // a new session takes the new concept: the two can be told apart
    }

    [Fact]
    public async Task List_OfSessionsWithPinnedConcepts_LeavesTheirVectorsOut()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var settings = await system.SettingsAsync(1);
        settings.Target = new Target { ConceptId = "striped" };
        var name = await system.StartBenchmarkAsync(settings);

        var listed = (await system.Client.ListBenchmarksAsync(new ListBenchmarksRequest(), cancellationToken: Patience)).Benchmarks[0];
        var got = (await system.Client.GetBenchmarkAsync(new GetBenchmarkRequest { Name = name }, cancellationToken: Patience)).Benchmark;

        Assert.Equal(("Stripes", 0), (listed.Settings.PinnedConcept.DisplayName, listed.Settings.PinnedConcept.Vector.Count));
        Assert.Equal([1, 0], got.Settings.PinnedConcept.Vector);
    }

    [Fact]
    public async Task Start_WithAConceptThatIsNotThere_IsNotFoundAndNothingStarts()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var settings = await system.SettingsAsync(1);
        settings.Target = new Target { ConceptId = "stripped" };

        var fault = await Assert.ThrowsAsync<RpcException>(() => system.StartBenchmarkAsync(settings));

        Assert.Equal(("concepts/stripped", StatusCode.NotFound), (fault.GetRpcStatus()?.GetDetail<ResourceInfo>()?.ResourceName, fault.StatusCode));
        Assert.Empty((await system.Client.ListBenchmarksAsync(new ListBenchmarksRequest(), cancellationToken: Patience)).Benchmarks);
    }

    /// <summary>As an evaluator of before would have stored it.</summary>
    [Fact]
    public async Task Session_StoredWithoutWhatItsConceptIs_FailsItsImagesByTheRule()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var settings = await system.SettingsAsync(2);
        settings.Target = new Target { ConceptId = "striped" };
        settings.Methods.Add(new MethodSpec { Name = "cdam" });
        settings.Metrics.Add("a_mif");
        settings.Percents.Add([0, 50, 100]);
        var id = await system.Store.NewSessionAsync(2, settings);

        var events = await system.EventsAsync($"benchmarks/{id}");

        var failed = events.Select(step => step.ImageFailed?.Error).OfType<Google.Rpc.Status>().ToList();
        Assert.Equal(2, failed.Count);
        Assert.All(failed, error => Assert.Contains("Concept 'striped' was not pinned", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tune_ByAnId_ExplainsEveryLevelByTheVector()
    {
        await using var system = await BenchmarkFixture.StartAsync();
        var request = new TuneNoiseRequest { Settings = await system.SettingsAsync(2), NoiseLevels = { 0.05f, 0.1f } };
        request.Settings.Target = new Target { ConceptId = "striped" };

        using var call = system.Client.TuneNoise(request, cancellationToken: Patience);
        var steps = await call.ResponseStream.ReadAllAsync().ToListAsync();

        Assert.Equal([1, 0], steps[0].Started.Settings.PinnedConcept.Vector);
        Assert.NotNull(steps[^1].Result);
        Assert.Equal(4, system.Explainer.Targets.Count); // two images at two levels
        Assert.All(system.Explainer.Targets, target => Assert.Equal([1, 0], target!.Concept.Vector));
    }

    [Fact]
    public async Task EvaluateImage_ByAnId_ExplainsAndReadsTheSameVector()
    {
        await using var system = await EvaluatorFixture.StartAsync();
        var request = EvaluatorFixture.Request();
        request.Target = new Target { ConceptId = "striped" };

        var events = await system.EvaluateAsync(request);

        Assert.Equal(("striped", "Stripes"), (events[1].Planned.Target.ConceptId, events[1].Planned.Target.DisplayName));
        Assert.Equal([1, 0], Assert.Single(system.Explainer.Targets)!.Concept.Vector);
        Assert.Equal([1, 0], Assert.Single(system.Explainer.PredictMessages.Select(message => message.Setup).OfType<PredictSetup>(), setup => setup.ConceptIds.Count == 0).Concepts[0].Vector);
    }
}
