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
        var extensions = (await _client.ServerMetadataAsync(new ServerMetadataRequest())).Extensions;
        Assert.Equal(["cdam_explain", "model_repository", "model_configuration"], extensions);
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
    public async Task ModelConfig_OfEachKind_SaysOfTensorsWhatTheMetadataSay()
    {
        var dino = (await _client.ModelConfigAsync(new ModelConfigRequest { Name = "models/dino", Version = "1" })).Config;
        var metadata = await _client.ModelMetadataAsync(new ModelMetadataRequest { Name = "dino" });
        Assert.Equal(("models/dino", metadata.Platform, metadata.Platform, 64), (dino.Name, dino.Platform, dino.Backend, dino.MaxBatchSize));
        var image = Assert.Single(dino.Input);
        Assert.Equal(("image", DataType.TypeFp32, ModelInput.Types.Format.Nchw), (image.Name, image.DataType, image.Format));
        Assert.Equal(metadata.Inputs[0].Shape.Skip(1), image.Dims);
        Assert.Equal(
            metadata.Outputs.Select(output => (output.Name, string.Join("×", output.Shape.Skip(1)))),
            dino.Output.Select(output => (output.Name, string.Join("×", output.Dims))));
        var lung = await new GRPCInferenceService.GRPCInferenceServiceClient(lungs.Host.Channel).ModelConfigAsync(new ModelConfigRequest { Name = "biomarkers" });
        var crop = Assert.Single(lung.Config.Input);
        Assert.Equal(("crop", DataType.TypeInt16, "32×32×32"), (crop.Name, crop.DataType, string.Join("×", crop.Dims)));
        await Faults.FailsAsync(Code.NotFound, async () => await _client.ModelConfigAsync(new ModelConfigRequest { Name = "nobody" }));
        await Faults.FailsAsync(Code.InvalidArgument, async () => await _client.ModelConfigAsync(new ModelConfigRequest { Name = "dino", Version = "2" }));
    }

    /// <remarks>Those of protobuf/model_config.proto in triton-inference-server/common.</remarks>
    [Fact]
    public void ModelConfig_OfTriton_HasItsNumbers()
    {
        static IEnumerable<string> Numbers(global::Google.Protobuf.Reflection.MessageDescriptor message) =>
            message.Fields.InDeclarationOrder().Select(field => $"{field.Name} {field.FieldNumber}").Order(StringComparer.Ordinal);

        Assert.Equal(["backend 17", "input 5", "max_batch_size 4", "name 1", "output 6", "platform 2"], Numbers(ModelConfig.Descriptor));
        Assert.Equal(["data_type 2", "dims 4", "format 3", "name 1"], Numbers(ModelInput.Descriptor));
        Assert.Equal(["data_type 2", "dims 3", "name 1"], Numbers(ModelOutput.Descriptor));
        Assert.Equal((9, 11, 13, 14), ((int)DataType.TypeInt64, (int)DataType.TypeFp32, (int)DataType.TypeString, (int)DataType.TypeBf16));
        Assert.Equal(["config 1"], Numbers(ModelConfigResponse.Descriptor));
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
