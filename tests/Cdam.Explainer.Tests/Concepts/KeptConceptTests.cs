using Cdam.Explainer.Tests.Inference;
using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;
using Image = Cdam.V1.Image;

namespace Cdam.Explainer.Tests.Concepts;

public sealed class KeptConceptTests : IAsyncLifetime
{
    private static readonly CancellationToken Timely = TestContext.Current.CancellationToken;
    private static readonly float[] Vector = [.. Enumerable.Range(1, 48).Select(i => (float)Math.Sin(0.7 * i))];
    private ConceptKeeper _keeper = null!;
    private RunningExplainer _host = null!;
    private string _checkpoint = "";

    /// <summary>Asks every time.</summary>
    public async ValueTask InitializeAsync()
    {
        _keeper = await ConceptKeeper.StartAsync();
        _host = await StartAsync("00:00:00");
        _checkpoint = (await _host.Client.GetModelAsync(new GetModelRequest { Name = LungModels.Concepts })).Model.CheckpointSha256[0];
        _keeper.Concepts["kept"] = Kept(Vector);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _keeper.DisposeAsync();
    }

    [Fact]
    public async Task Explain_AKeptConcept_EqualsTheInlineVectorBitForBit()
    {
        var kept = await ExplainAsync(new Target { ConceptId = "Kept" });
        var inline = await ExplainAsync(new Target { Concept = new Concept { DisplayName = "Kept one", Vector = { Vector }, Similarity = Similarity.Cosine } });

        Assert.Equal("kept", kept.Maps[0].Target.ConceptId);
        Assert.All(kept.Maps, map => map.Target.ConceptId = "");
        Assert.Equal(inline.Maps, kept.Maps);
    }

    [Fact]
    public async Task Explain_AConceptThatCameWithTheModel_AsksNobody()
    {
        _keeper.Concepts["striped"] = Kept(Vector);
        var ready = await ExplainAsync(new Target { ConceptId = "striped" });
        Assert.Equal("Stripes", ready.Maps[0].Target.DisplayName);
        Assert.Equal(0, _keeper.Calls);
    }

    [Fact]
    public async Task Explain_AConceptThatIsMadeAnewOrDeleted_FollowsAtOnceWhereNothingIsHeld()
    {
        var before = await ExplainAsync(new Target { ConceptId = "kept" });
        _keeper.Concepts["kept"] = Kept([.. Vector.Select(value => -value)]);
        var after = await ExplainAsync(new Target { ConceptId = "kept" });
        Assert.Equal(before.Maps[0].Target.Value, -after.Maps[0].Target.Value);
        Assert.NotEqual(0, after.Maps[0].Target.Value);

        _keeper.Concepts.Clear();
        await Faults.FailsAsync(Code.NotFound, () => ExplainAsync(new Target { ConceptId = "kept" }));
    }

    [Fact]
    public async Task Explain_ManyTimes_AsksOnceWhileTheAnswerIsFresh()
    {
        await using var host = await StartAsync("00:01:00");
        for (var i = 0; i < 3; i++)
        {
            await ExplainAsync(host, new Target { ConceptId = "kept" }, new Target { ConceptId = "KEPT" });
        }

        Assert.Equal(1, _keeper.Calls);

        // Nothing that is absent is held: it may be made at any moment.
        await Faults.FailsAsync(Code.NotFound, () => ExplainAsync(host, new Target { ConceptId = "new" }));
        _keeper.Concepts["new"] = Kept(Vector);
        await ExplainAsync(host, new Target { ConceptId = "new" });
        Assert.Equal(3, _keeper.Calls);
    }

    [Fact]
    public async Task Explain_AnAbsentConcept_IsNotFoundAndNamesNearOnesOfBothPlaces()
    {
        var status = await Faults.FailsAsync(Code.NotFound, () => ExplainAsync(new Target { ConceptId = "striped" }, new Target { ConceptId = "dottd" }));
        Assert.Equal("concepts/dottd", Faults.Detail<ResourceInfo>(status).ResourceName);
        Assert.Contains("targets[1].concept_id is \"dottd\"; no concept has this id; near are \"dotted\"", status.Message, StringComparison.Ordinal);
        Assert.Contains("near are \"kept\"", status.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models/malignancy", null, "CONCEPT_OF_OTHER_MODEL")]
    [InlineData(null, "00", "CONCEPT_OF_OTHER_CHECKPOINT")]
    public async Task Explain_AConceptOfOtherWeights_IsAFailedPrecondition(string? model, string? checkpoint, string reason)
    {
        var concept = _keeper.Concepts["kept"];
        concept.Model = model ?? concept.Model;
        concept.CheckpointSha256[0] = checkpoint ?? concept.CheckpointSha256[0];

        var status = await Faults.FailsAsync(Code.FailedPrecondition, () => ExplainAsync(new Target { ConceptId = "kept" }));

        Assert.Equal(reason, Faults.Detail<ErrorInfo>(status).Reason);
    }

    [Fact]
    public async Task Explain_WhileTheServiceIsAway_IsUnavailableWithoutAnswersOfBefore()
    {
        await ExplainAsync(new Target { ConceptId = "kept" });
        await _keeper.StopAsync();

        var status = await Faults.FailsAsync(Code.Unavailable, () => ExplainAsync(new Target { ConceptId = "kept" }));

        Assert.Equal("CONCEPT_SERVICE_LOST", Faults.Detail<ErrorInfo>(status).Reason);
        Assert.NotNull(Faults.Detail<RetryInfo>(status));
        await ExplainAsync(new Target { ConceptId = "striped" });
    }

    [Fact]
    public async Task Explain_WithAKeyOfItsOwn_SendsItToTheService()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "cdam_key\n", Timely);
            await using var host = await RunningExplainer.StartAsync(
                LungModels.Write, $"--Explainer:ConceptService={_keeper.Address}", $"--Explainer:ApiKeyFile={file}");
            await ExplainAsync(host, new Target { ConceptId = "kept" });
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal("Bearer cdam_key", _keeper.Credential);
    }

    [Fact]
    public async Task Explain_WithADeadline_PassesItOn()
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(1);
        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await _host.Client.ExplainAsync(Request(new Target { ConceptId = ConceptKeeper.Silent }), deadline: deadline));
        Assert.Equal(StatusCode.DeadlineExceeded, fault.StatusCode);

        // The wire carries what is left of it, which each hop starts to count anew: milliseconds later.
        Assert.InRange(_keeper.Deadline, deadline - TimeSpan.FromSeconds(1), deadline + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Predict_AndStreamsAndInference_TakeKeptConcepts()
    {
        using var predict = _host.Client.Predict(cancellationToken: Timely);
        await predict.RequestStream.SendAllAsync(
            new PredictRequest { Setup = new PredictSetup { Model = LungModels.Concepts, ConceptIds = { "kept", "striped" } } },
            new PredictRequest { Picture = new PerturbationPicture { PictureId = 1, Picture = Requests.RandomPicture(4, 32, 32) } },
            new PredictRequest { Perturbation = new Perturbation { PictureId = 1, Everything = false } });
        var predicted = await predict.ResponseStream.ReadAllAsync(Timely).ToListAsync(Timely);
        Assert.Equal(new Concept { DisplayName = "Kept one", Vector = { Vector }, Similarity = Similarity.Cosine }, predicted[0].Ready.Concepts[0]);
        Assert.Equal("Stripes", predicted[0].Ready.Concepts[1].DisplayName);
        var logits = predicted[^1].Logits.Values;
        var value = (await ExplainAsync(new Target { ConceptId = "kept" })).Maps[0].Target.Value;
        Assert.Equal((2, value), (logits.Count, logits[0]));

        using var explain = _host.Client.ExplainStream(cancellationToken: Timely);
        await explain.RequestStream.SendAllAsync(new ExplainStreamRequest { Id = "a", Request = Request(new Target { ConceptId = "kept" }) });
        var answers = await explain.ResponseStream.ReadAllAsync(Timely).ToListAsync(Timely);
        Assert.Equal(value, answers.First(answer => answer.Map is not null).Map.Target.Value);

        var infer = InferenceRequests.Request("UINT8", 1, 32, 32, 3).With("method", "cdam").With("target", "concept:kept");
        infer.ModelName = "concepts";
        infer.RawInputContents.Add(Requests.RandomPicture(4, 32, 32).Rgb);
        var inferred = await new global::Inference.GRPCInferenceService.GRPCInferenceServiceClient(_host.Channel).ModelInferAsync(infer, cancellationToken: Timely);
        Assert.Equal(value, Assert.Single(inferred.Floats("target_value")));
    }

    private StoredConcept Kept(float[] vector) => new()
    {
        Name = "concepts/kept",
        DisplayName = "Kept one",
        Model = LungModels.Concepts,
        Similarity = Similarity.Cosine,
        CheckpointSha256 = { _checkpoint },
        Vector = { vector },
    };

    private Task<RunningExplainer> StartAsync(string freshness) => RunningExplainer.StartAsync(
        LungModels.Write, $"--Explainer:ConceptService={_keeper.Address}", $"--Explainer:ConceptFreshness={freshness}");

    private Task<ExplainResponse> ExplainAsync(params Target[] targets) => ExplainAsync(_host, targets);

    private static async Task<ExplainResponse> ExplainAsync(RunningExplainer host, params Target[] targets) =>
        await host.Client.ExplainAsync(Request(targets), cancellationToken: Timely);

    private static ExplainRequest Request(params Target[] targets) => new()
    {
        Model = LungModels.Concepts, Image = new Image { Picture = Requests.RandomPicture(4, 32, 32) }, Targets = { targets },
    };
}
