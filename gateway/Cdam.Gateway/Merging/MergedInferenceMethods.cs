using Grpc.AspNetCore.Server.Model;
using Inference;
using static Inference.GRPCInferenceService;

namespace Cdam.Gateway.Merging;

/// <summary>Serves the methods of the Open Inference Protocol that name no model; the others are forwarded.</summary>
internal sealed class MergedInferenceMethods : IServiceMethodProvider<MergedInference>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<MergedInference> context)
    {
        context.AddUnaryMethod(
            MergedMethod.Of(Descriptor, "ServerLive", ServerLiveRequest.Parser, ServerLiveResponse.Parser), [],
            (_, _, _) => MergedInference.ServerLiveAsync());
        context.AddUnaryMethod(
            MergedMethod.Of(Descriptor, "ServerReady", ServerReadyRequest.Parser, ServerReadyResponse.Parser), [],
            (inference, _, call) => inference.ServerReadyAsync(call.CancellationToken));
        context.AddUnaryMethod(
            MergedMethod.Of(Descriptor, "ServerMetadata", ServerMetadataRequest.Parser, ServerMetadataResponse.Parser), [],
            (_, _, _) => MergedInference.ServerMetadataAsync());
        context.AddUnaryMethod(
            MergedMethod.Of(Descriptor, "RepositoryIndex", RepositoryIndexRequest.Parser, RepositoryIndexResponse.Parser), [],
            (inference, request, call) => inference.RepositoryIndexAsync(request, call.CancellationToken));
    }
}
