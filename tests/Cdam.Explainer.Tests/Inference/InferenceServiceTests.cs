using Cdam.Explainer.Tests.Running;
using Google.Rpc;
using Grpc.Core;
using Inference;

namespace Cdam.Explainer.Tests.Inference;

public sealed class InferenceServiceTests(SharedExplainer shared, SharedLungExplainer lungs)
{
    private readonly GRPCInferenceService.GRPCInferenceServiceClient _client = new(shared.Host.Channel);

    [Fact]
    public async Task Server_OnceWarm_IsLiveReadyAndSaysWhatItIs()
    {
        Assert.True((await _client.ServerLiveAsync(new ServerLiveRequest())).Live);
        Assert.True((await _client.ServerReadyAsync(new ServerReadyRequest())).Ready);
        Assert.Contains("cdam_explain", (await _client.ServerMetadataAsync(new ServerMetadataRequest())).Extensions);
        var index = await _client.RepositoryIndexAsync(new RepositoryIndexRequest { Ready = true });
        Assert.Equal([("dino", "READY"), ("dino-concept", "READY"), ("wide", "READY")], index.Models.Select(model => (model.Name, model.State)));
    }

    [Theory]
    [InlineData("dino", "", true)]
    [InlineData("models/dino", "1", true)]
    [InlineData("dino", "2", false)]
    [InlineData("nobody", "", false)]
    public async Task ModelReady_OfANameAndVersion_SaysWhetherItAnswers(string name, string version, bool ready) =>
        Assert.Equal(ready, (await _client.ModelReadyAsync(new ModelReadyRequest { Name = name, Version = version })).Ready);

    [Fact]
    public async Task ModelMetadata_OfEachKind_NamesInputAndOutputs()
    {
        var dino = await _client.ModelMetadataAsync(new ModelMetadataRequest { Name = "dino" });
        Assert.Equal(("dino", "image", "FP32"), (dino.Name, Assert.Single(dino.Inputs).Name, dino.Inputs[0].Datatype));
        Assert.Equal(["logits", "latent"], dino.Outputs.Select(output => output.Name));
        Assert.Equal([-1L, 7L], dino.Outputs[0].Shape);
        Assert.Contains("map_cdam", dino.Properties["map_outputs"], StringComparison.Ordinal);
        var lung = await new GRPCInferenceService.GRPCInferenceServiceClient(lungs.Host.Channel).ModelMetadataAsync(new ModelMetadataRequest { Name = "biomarkers" });
        Assert.Equal(("crop", "INT16"), (Assert.Single(lung.Inputs).Name, lung.Inputs[0].Datatype));
        await Faults.FailsAsync(Code.NotFound, async () => await _client.ModelMetadataAsync(new ModelMetadataRequest { Name = "nobody" }));
    }

    [Fact]
    public async Task ModelStreamInfer_WithAFaultBetween_AnswersAllInOrder()
    {
        using var call = _client.ModelStreamInfer();
        for (var number = 0; number < 12; number++)
        {
            var request = number % 2 == 0 ? InferenceRequests.Pixels() : InferenceRequests.Normalized().With("method", "cdam");
            request.Id = $"{number}";
            request.ModelName = number == 5 ? "nobody" : request.ModelName;
            await call.RequestStream.WriteAsync(request, TestContext.Current.CancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        var answers = await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 12).Select(number => $"{number}"), answers.Select(answer => answer.InferResponse.Id));
        Assert.Contains("nobody", answers[5].ErrorMessage, StringComparison.Ordinal);
        Assert.Empty(answers[5].InferResponse.Outputs);
        Assert.All(answers.Where((_, number) => number != 5), answer => Assert.Equal(("", "logits"), (answer.ErrorMessage, answer.InferResponse.Outputs[0].Name)));
    }
}
