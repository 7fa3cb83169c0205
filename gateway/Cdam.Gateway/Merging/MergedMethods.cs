using Cdam.V1;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Cdam.Gateway.Merging;

/// <summary>Serves these methods of ExplainerService at the gateway; the service's others are forwarded.</summary>
internal sealed class MergedMethods : IServiceMethodProvider<MergedCatalogue>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<MergedCatalogue> context)
    {
        context.AddUnaryMethod(
            Method("ListModels", ListModelsRequest.Parser, ListModelsResponse.Parser), [],
            (catalogue, request, call) => catalogue.ListModelsAsync(request, call));
        context.AddUnaryMethod(
            Method("ListMethods", ListMethodsRequest.Parser, ListMethodsResponse.Parser), [],
            (catalogue, request, call) => catalogue.ListMethodsAsync(request, call));
    }

    private static Method<TRequest, TResponse> Method<TRequest, TResponse>(
        string name, MessageParser<TRequest> requests, MessageParser<TResponse> responses)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(MethodType.Unary, ExplainerService.Descriptor.FullName, name,
            Marshallers.Create(MessageExtensions.ToByteArray, requests.ParseFrom),
            Marshallers.Create(MessageExtensions.ToByteArray, responses.ParseFrom));
}
