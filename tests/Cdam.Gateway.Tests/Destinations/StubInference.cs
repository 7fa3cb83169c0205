using Grpc.Core;
using Inference;

namespace Cdam.Gateway.Tests.Destinations;

/// <summary>Says which destination it is of, in answer to all that names a model.</summary>
internal sealed class StubInference : GRPCInferenceService.GRPCInferenceServiceBase
{
    public string Id { get; set; } = "";

    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context)
    {
        context.ResponseTrailers.Add("answered-by", Id);
        return Task.FromResult(new ModelReadyResponse { Ready = true });
    }

    public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(new ModelMetadataResponse { Name = request.Name, Platform = Id });

    public override Task<ModelConfigResponse> ModelConfig(ModelConfigRequest request, ServerCallContext context) =>
        Task.FromResult(new ModelConfigResponse { Config = new ModelConfig { Name = request.Name, Platform = Id } });

    public override Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context) =>
        Task.FromResult(new ModelInferResponse { ModelName = request.ModelName, Id = Id });

    public override async Task ModelStreamInfer(
        IAsyncStreamReader<ModelInferRequest> requests, IServerStreamWriter<ModelStreamInferResponse> responses, ServerCallContext context)
    {
        await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
        {
            await responses.WriteAsync(new ModelStreamInferResponse { InferResponse = new ModelInferResponse { ModelName = request.ModelName, Id = Id } });
        }
    }
}
