using Google.Protobuf;
using Grpc.Core;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Cdam.Gateway.Merging;

/// <summary>A unary method of a service whose others are forwarded, which is why the generated base class cannot be used.</summary>
internal static class MergedMethod
{
    internal static Method<TRequest, TResponse> Of<TRequest, TResponse>(
        ServiceDescriptor service, string name, MessageParser<TRequest> requests, MessageParser<TResponse> responses)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(MethodType.Unary, service.FullName, name,
            Marshallers.Create(MessageExtensions.ToByteArray, requests.ParseFrom),
            Marshallers.Create(MessageExtensions.ToByteArray, responses.ParseFrom));
}
