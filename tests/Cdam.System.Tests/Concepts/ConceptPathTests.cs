using Cdam.Evaluator;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.System.Tests.Concepts;

public sealed class ConceptPathTests
{
    private static CancellationToken Timely => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ConceptSystem.Sqlite)]
    [InlineData(ConceptSystem.Postgres)]
    public async Task Concept_MadeThroughTheGateway_ExplainsOnEveryExplainerUntilItIsDeleted(string kind)
    {
        await using var system = await ConceptSystem.StartAsync(kind);
        var concept = await CreateAsync(system);
        var inline = new Target { Concept = new Concept { DisplayName = "Noise", Vector = { concept.Vector }, Similarity = Similarity.Cosine } };
        var named = new Target { ConceptId = "noise" };

        foreach (var explainer in system.Explainers)
        {
            var byVector = await ExplainAsync(explainer, inline);
            var byName = await ExplainAsync(explainer, named);

            Assert.Equal("noise", byName.Maps[0].Target.ConceptId);
            byName.Maps[0].Target.ConceptId = "";
            Assert.Equal(byVector.Maps, byName.Maps); // the same process: bit for bit
            Assert.Contains(byName.Maps[0].Scores, score => score != 0);
        }

        // Either explainer may answer: two loads of the same weights differ by roundings of 6e-8.
        var gateway = new ExplainerService.ExplainerServiceClient(system.Gateway);
        var expected = (await ExplainAsync(system.Explainers[0], inline)).Maps[0];
        var through = (await ExplainAsync(gateway, named)).Maps[0];
        Assert.All(expected.Scores.Zip(through.Scores), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));

        await system.Concepts.DeleteConceptAsync(new DeleteConceptRequest { Name = concept.Name }, cancellationToken: Timely);
        foreach (var explainer in system.Explainers.Append(gateway))
        {
            var fault = await Assert.ThrowsAsync<RpcException>(() => ExplainAsync(explainer, named));
            Assert.Equal(StatusCode.NotFound, fault.StatusCode);
        }
    }

    [Fact]
    public async Task Concept_IsTheMeanOfItsImagesLatents()
    {
        await using var system = await ConceptSystem.StartAsync(ConceptSystem.Sqlite);
        var concept = await CreateAsync(system);
        using var embed = system.Explainers[0].Embed(cancellationToken: Timely);
        for (var i = 0; i < 4; i++)
        {
            await embed.RequestStream.WriteAsync(new EmbedRequest { Id = $"{i}", Model = ConceptSystem.Model, Image = ConceptSystem.Image(i) }, Timely);
        }

        await embed.RequestStream.CompleteAsync();
        var answers = (await embed.ResponseStream.ReadAllAsync(Timely).ToListAsync(Timely)).Where(answer => answer.Embedding is not null).OrderBy(answer => answer.Id).ToList();

        Assert.Equal(answers.Select(answer => answer.Embedding.ImageSha256), concept.Images.Select(image => image.Sha256));

        // Images share forward passes in other ways each time, which changes the last digits of latents of about 1.
        Assert.All(concept.Vector.Select((value, i) => (value, answers.Average(answer => (double)answer.Embedding.Latent[i]))), pair => Assert.Equal(pair.Item2, pair.value, 1e-5));
        Assert.InRange(concept.SelfSimilarity.Min, 0.1, 1); // pictures of noise are alike to a network
    }

    [Fact]
    public async Task Concept_OfAModelWhoseWeightsChanged_IsRefused()
    {
        await using var system = await ConceptSystem.StartAsync(ConceptSystem.Sqlite);
        await CreateAsync(system);
        await using var changed = await ConceptSystem.StartAsync(ConceptSystem.Sqlite, seed: 2, system.GatewayAddress);

        var fault = await Assert.ThrowsAsync<RpcException>(() => ExplainAsync(changed.Explainers[0], new Target { ConceptId = "noise" }));

        Assert.Equal(StatusCode.FailedPrecondition, fault.StatusCode);
        Assert.Contains("other weights", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluator_WithAKeptConcept_MeasuresWhatItsVectorGives()
    {
        await using var system = await ConceptSystem.StartAsync(ConceptSystem.Sqlite);
        var concept = await CreateAsync(system);
        var evaluator = new EvaluatorService.EvaluatorServiceClient(system.Gateway);
        var inline = new Target { Concept = new Concept { DisplayName = "Noise", Vector = { concept.Vector }, Similarity = Similarity.Cosine } };

        var byName = await EvaluateAsync(evaluator, new Target { ConceptId = "noise" });
        var byVector = await EvaluateAsync(evaluator, inline);

        // Perturbed pictures share forward passes in other ways each time: cosines differ in their last digits.
        Assert.Equal(byVector.Count, byName.Count);
        Assert.All(byVector.Zip(byName), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

        using var upload = evaluator.UploadImages(cancellationToken: Timely);
        await upload.RequestStream.WriteAsync(new UploadImagesRequest { Name = "a", Image = ConceptSystem.Image(9) }, Timely);
        await upload.RequestStream.CompleteAsync();
        var settings = new BenchmarkSettings
        {
            Model = ConceptSystem.Model, Source = new BenchmarkSource { ImageSet = (await upload).ImageSet }, Target = new Target { ConceptId = "noise" }, Percents = { 0, 50, 100 },
        };
        using var run = evaluator.RunBenchmark(new RunBenchmarkRequest { Settings = settings }, cancellationToken: Timely);
        var events = await run.ResponseStream.ReadAllAsync(Timely).Select(answer => answer.Event).ToListAsync(Timely);
        Assert.Equal((BenchmarkState.Succeeded, 1), (events[^1].Finished.State, events[^1].Progress.MeasuredCount));
        Assert.Equal("Noise", events.First(step => step.ImageMeasured is not null).ImageMeasured.Target.DisplayName);
    }

    /// <summary>One shard measures its images, the concept is deleted and made of other images, the other shard measures the rest.</summary>
    [Fact]
    public async Task Session_WhoseConceptIsMadeAnewBetweenItsImages_MeasuresAllByTheVectorOfItsStart()
    {
        await using var system = await ConceptSystem.StartAsync(ConceptSystem.Sqlite);
        var evaluator = new EvaluatorService.EvaluatorServiceClient(system.Gateway);
        var first = await CreateAsync(system);
        var settings = await SettingsAsync(evaluator, images: 4);
        var session = Guid.NewGuid().ToString();
        var zero = await system.StartEvaluatorAsync([.. Shard(session, 0)]);
        var started = await system.ClientOf(zero).StartBenchmarkAsync(new StartBenchmarkRequest { Settings = settings, RequestId = session }, cancellationToken: Timely);
        await EvaluatorHost.ShareSettled(zero).WaitAsync(Timely);

        await system.Concepts.DeleteConceptAsync(new DeleteConceptRequest { Name = first.Name }, cancellationToken: Timely);
        var second = await CreateAsync(system, firstImage: 20);
        Assert.NotEqual(first.Vector, second.Vector);
        await EvaluatorHost.ShareSettled(await system.StartEvaluatorAsync([.. Shard(session, 1)])).WaitAsync(Timely);

        using var attach = evaluator.AttachBenchmark(new AttachBenchmarkRequest { Name = started.Benchmark.Name }, cancellationToken: Timely);
        var mixed = await attach.ResponseStream.ReadAllAsync(Timely).Select(answer => answer.Event).ToListAsync(Timely);
        var (byFirst, bySecond) = (await RunAsync(evaluator, Inline(settings, first)), await RunAsync(evaluator, Inline(settings, second)));
        Assert.Equal(4, mixed[^1].Progress.MeasuredCount);

        // Perturbed pictures share forward passes in other ways each time: areas of cosines, up to 100, differ in their last digits.
        var (means, expected, other) = (Means(mixed), Means(byFirst), Means(bySecond));
        Assert.All(expected.Zip(means), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        Assert.Contains(expected.Zip(other), pair => Math.Abs(pair.First - pair.Second) > 0.1);
    }

    private static string[] Shard(string session, int index) =>
        [$"--Evaluator:Shard:Session={session}", $"--Evaluator:Shard:Index={index}", "--Evaluator:Shard:Count=2"];

    private static async Task<BenchmarkSettings> SettingsAsync(EvaluatorService.EvaluatorServiceClient evaluator, int images)
    {
        using var upload = evaluator.UploadImages(cancellationToken: Timely);
        for (var i = 0; i < images; i++)
        {
            await upload.RequestStream.WriteAsync(new UploadImagesRequest { Name = $"{i}", Image = ConceptSystem.Image(30 + i) }, Timely);
        }

        await upload.RequestStream.CompleteAsync();
        return new BenchmarkSettings
        {
            Model = ConceptSystem.Model, Source = new BenchmarkSource { ImageSet = (await upload).ImageSet }, Target = new Target { ConceptId = "noise" },
            Percents = { 0, 50, 100 }, Metrics = { "a_mif", "a_lif" },
        };
    }

    private static BenchmarkSettings Inline(BenchmarkSettings settings, StoredConcept concept) => new(settings)
    {
        Target = new Target { Concept = new Concept { DisplayName = concept.DisplayName, Vector = { concept.Vector }, Similarity = concept.Similarity } },
    };

    private static async Task<List<BenchmarkEvent>> RunAsync(EvaluatorService.EvaluatorServiceClient evaluator, BenchmarkSettings settings)
    {
        using var run = evaluator.RunBenchmark(new RunBenchmarkRequest { Settings = settings }, cancellationToken: Timely);
        return await run.ResponseStream.ReadAllAsync(Timely).Select(answer => answer.Event).ToListAsync(Timely);
    }

    private static IEnumerable<double> Means(List<BenchmarkEvent> events) => events[^1].Finished.Table.Rows[0].Means.Select(mean => mean.Mean);

    /// <summary>Of the noise of four pictures.</summary>
    private static async Task<StoredConcept> CreateAsync(ConceptSystem system, int firstImage = 0)
    {
        using var call = system.Concepts.CreateConcept(cancellationToken: Timely);
        var setup = new ConceptSetup { ConceptId = "noise", DisplayName = "Noise", Model = ConceptSystem.Model, Similarity = Similarity.Cosine };
        await call.RequestStream.WriteAsync(new CreateConceptRequest { Setup = setup }, Timely);
        for (var i = firstImage; i < firstImage + 4; i++)
        {
            await call.RequestStream.WriteAsync(new CreateConceptRequest { Image = ConceptSystem.Image(i) }, Timely);
        }

        await call.RequestStream.CompleteAsync();
        return (await call).Concept;
    }

    private static async Task<ExplainResponse> ExplainAsync(ExplainerService.ExplainerServiceClient client, Target target) => await client.ExplainAsync(
        new ExplainRequest { Model = ConceptSystem.Model, Image = ConceptSystem.Image(9), Targets = { target } }, cancellationToken: Timely);

    private static async Task<List<float>> EvaluateAsync(EvaluatorService.EvaluatorServiceClient client, Target target)
    {
        var request = new EvaluateImageRequest { Model = ConceptSystem.Model, Image = ConceptSystem.Image(9), Target = target, Percents = { 0, 50, 100 } };
        using var call = client.EvaluateImage(request, cancellationToken: Timely);
        var points = await call.ResponseStream.ReadAllAsync(Timely).Where(answer => answer.Point is not null).Select(answer => answer.Point).ToListAsync(Timely);
        return [.. points.OrderBy(point => point.Order).ThenBy(point => point.Percent).Select(point => point.Value)];
    }
}
