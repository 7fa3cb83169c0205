using Cdam.Explainer.Tests.Running;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;

namespace Cdam.Explainer.Tests.Concepts;

public sealed class ReadyConceptTests(SharedLungExplainer shared)
{
    private static readonly CancellationToken Timely = TestContext.Current.CancellationToken;
    private readonly ExplainerService.ExplainerServiceClient _client = shared.Host.Client;

    private static Concept Inline => new() { DisplayName = "Stripes", Vector = { LungModels.Striped }, Similarity = Similarity.Cosine };

    [Theory]
    [InlineData(LungModels.Scenes)]
    [InlineData(LungModels.Concepts)]
    public async Task Explain_AConceptById_EqualsTheInlineVectorBitForBit(string model)
    {
        var ready = await ExplainAsync(model, new Target { ConceptId = "Striped" });
        var inline = await ExplainAsync(model, new Target { Concept = Inline });
        Assert.Equal("striped", ready.Maps[0].Target.ConceptId);
        Assert.Equal("", inline.Maps[0].Target.ConceptId);
        Assert.All(ready.Maps, map => map.Target.ConceptId = "");
        Assert.Equal(inline.Maps, ready.Maps);
        Assert.NotEqual(0, ready.Maps[0].Target.Value);
    }

    [Fact]
    public async Task Explain_WithoutTargets_IsEveryConceptOfAHeadlessModelOnly()
    {
        var all = await ExplainAsync(LungModels.Concepts);
        Assert.Equal(["Stripes", "dotted", "Stripes", "dotted"], all.Maps.Select(map => map.Target.DisplayName));
        Assert.Equal((await ExplainAsync(LungModels.Concepts, new Target { ConceptId = "striped" }, new Target { ConceptId = "dotted" })).Maps, all.Maps);
        Assert.True((await ExplainAsync(LungModels.Scenes)).Maps[0].Target.HasOutputIndex);
    }

    [Theory]
    [InlineData(LungModels.Scenes, "stripes", "near are \"striped\"")]
    [InlineData(LungModels.Concepts, "", "no concept has this id")]
    [InlineData(LungModels.Malignancy, "striped", "came with no concepts")]
    public async Task Explain_AnUnknownId_IsInvalidAndNamesNearOnes(string model, string id, string part)
    {
        var status = await Faults.FailsAsync(Code.InvalidArgument, () => ExplainAsync(model, new Target { Index = 0 }, new Target { ConceptId = id }));
        Assert.Equal("targets[1].concept_id", Faults.Field(status));
        Assert.Contains(part, status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetModel_OfAModelWithConcepts_ListsThem()
    {
        var model = (await _client.GetModelAsync(new GetModelRequest { Name = LungModels.Concepts }, cancellationToken: Timely)).Model;
        Assert.Equal(
            [
                new ReadyConcept { Id = "striped", DisplayName = "Stripes", Similarity = Similarity.Cosine, ImageCount = 30, Source = "scenes" },
                new ReadyConcept { Id = "dotted", DisplayName = "dotted", Similarity = Similarity.DotProduct, ImageCount = 12 },
            ],
            model.Concepts);
        Assert.Null(model.VolumeInput);
    }

    [Fact]
    public async Task Predict_WithIds_GivesTheirSimilaritiesAfterTheOutputsAndInlineConcepts()
    {
        var values = await PredictAsync(new PredictSetup { Model = LungModels.Scenes, Concepts = { Inline }, ConceptIds = { "dotted", "striped" } });
        Assert.Equal(6, values.Count);
        Assert.Equal(values[3], values[5]);
        Assert.NotEqual(values[3], values[4]);
        var headless = await PredictAsync(new PredictSetup { Model = LungModels.Concepts, ConceptIds = { "striped" } });

        // Another load of the same weights lies elsewhere in memory, and libtorch's products sum by alignment: roundings of 6e-8.
        Assert.Equal(values[3], Assert.Single(headless), 1e-6f);
    }

    [Fact]
    public async Task Predict_WithAnUnknownIdOrTooMany_IsInvalid()
    {
        var status = await Faults.FailsAsync(Code.InvalidArgument, () => PredictAsync(new PredictSetup { Model = LungModels.Scenes, ConceptIds = { "striped", "dottd" } }));
        Assert.Equal("setup.concept_ids[1]", Faults.Field(status));
        status = await Faults.FailsAsync(
            Code.InvalidArgument, () => PredictAsync(new PredictSetup { Model = LungModels.Scenes, ConceptIds = { Enumerable.Repeat("striped", 65) } }));
        Assert.Equal("setup.concept_ids", Faults.Field(status));
    }

    private async Task<ExplainResponse> ExplainAsync(string model, params Target[] targets)
    {
        var request = new ExplainRequest { Model = model, Image = new Image { Picture = Requests.RandomPicture(4, 32, 32) }, Targets = { targets } };
        request.Methods.Add([new MethodSpec { Name = "cdam" }, new MethodSpec { Name = "smooth-cdam", SampleCount = 2 }]);
        return await _client.ExplainAsync(request, cancellationToken: Timely);
    }

    private async Task<IReadOnlyList<float>> PredictAsync(PredictSetup setup)
    {
        using var call = _client.Predict(cancellationToken: Timely);
        var picture = new PerturbationPicture { PictureId = 1, Picture = Requests.RandomPicture(4, 32, 32) };
        await call.RequestStream.SendAllAsync(
            new PredictRequest { Setup = setup },
            new PredictRequest { Picture = picture },
            new PredictRequest { Perturbation = new Perturbation { PictureId = 1, Everything = false } });
        var answers = await call.ResponseStream.ReadAllAsync(Timely).ToListAsync(Timely);
        return answers[^1].Logits.Values;
    }
}
