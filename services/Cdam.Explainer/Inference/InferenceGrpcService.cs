using Cdam.Explainer.Devices;
using Cdam.Explainer.Hosting;
using Cdam.Explainer.Models;
using Cdam.Explainer.Streams;
using Grpc.Core;
using Inference;
using ModelIndex = Inference.RepositoryIndexResponse.Types.ModelIndex;

namespace Cdam.Explainer.Inference;

/// <summary>inference.GRPCInferenceService, the Open Inference Protocol v2. Faults are exceptions; <see cref="FaultInterceptor"/> makes them statuses.</summary>
internal sealed class InferenceGrpcService(ModelRegistry registry, InferenceRunner runner, DuplexCallFactory calls, FaultReporter faults)
    : GRPCInferenceService.GRPCInferenceServiceBase
{
    private const string Version = "1";

    public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerLiveResponse { Live = true });

    public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerReadyResponse { Ready = registry.IsServing });

    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context)
    {
        var model = registry.All.FirstOrDefault(model => model.Name == InferenceRunner.ResourceName(request.Name));
        return Task.FromResult(new ModelReadyResponse { Ready = model is { IsReady: true } && !registry.IsDraining && request.Version is "" or Version });
    }

    public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(InferenceMetadata.Server());

    public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context)
    {
        InferencePlanReader.RequireVersion(request.Version, "version");
        return Task.FromResult(InferenceMetadata.Model(registry.Get(InferenceRunner.ResourceName(request.Name), "name"), request.Name));
    }

    public override Task<ModelConfigResponse> ModelConfig(ModelConfigRequest request, ServerCallContext context)
    {
        InferencePlanReader.RequireVersion(request.Version, "version");
        var model = registry.Get(InferenceRunner.ResourceName(request.Name), "name");
        return Task.FromResult(new ModelConfigResponse { Config = InferenceConfiguration.Of(InferenceMetadata.Model(model, request.Name)) });
    }

    public override Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context) =>
        runner.AnswerAsync(request, new CallLifetime(context.Deadline, context.CancellationToken), waits: false);

    public override async Task ModelStreamInfer(
        IAsyncStreamReader<ModelInferRequest> requestStream, IServerStreamWriter<ModelStreamInferResponse> responseStream, ServerCallContext context)
    {
        using var call = calls.Create(requestStream, responseStream, context);
        await new InferenceStream(call, runner, faults).RunAsync();
    }

    public override Task<RepositoryIndexResponse> RepositoryIndex(RepositoryIndexRequest request, ServerCallContext context) =>
        Task.FromResult(new RepositoryIndexResponse
        {
            Models =
            {
                registry.All.Where(model => model.IsReady || !request.Ready).Select(model => new ModelIndex
                {
                    Name = model.Engine.Manifest.Id,
                    Version = Version,
                    State = model.IsReady ? "READY" : "LOADING",
                }),
            },
        });
}
