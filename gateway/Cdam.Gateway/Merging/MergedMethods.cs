using Cdam.V1;
using Grpc.AspNetCore.Server.Model;

namespace Cdam.Gateway.Merging;

/// <summary>Serves these methods of ExplainerService at the gateway; the service's others are forwarded.</summary>
internal sealed class MergedMethods : IServiceMethodProvider<MergedCatalogue>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<MergedCatalogue> context)
    {
        context.AddUnaryMethod(
            MergedMethod.Of(ExplainerService.Descriptor, "ListModels", ListModelsRequest.Parser, ListModelsResponse.Parser), [],
            (catalogue, request, call) => catalogue.ListModelsAsync(request, call));
        context.AddUnaryMethod(
            MergedMethod.Of(ExplainerService.Descriptor, "ListMethods", ListMethodsRequest.Parser, ListMethodsResponse.Parser), [],
            (catalogue, request, call) => catalogue.ListMethodsAsync(request, call));
    }
}
