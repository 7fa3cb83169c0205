using Cdam.V1;
using Google.Rpc;
using Grpc.Health.V1;
using Grpc.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Cdam.Gateway.Hosting;

/// <summary>
/// Reflection of everything behind the gateway: each destination knows only its own service, so forwarding the call to one of
/// them would hide the others.
/// </summary>
internal static class ReflectedServices
{
    internal static readonly IReadOnlyList<ServiceDescriptor> Descriptors =
    [
        ExplainerService.Descriptor,
        EvaluatorService.Descriptor,
        ConceptService.Descriptor,
        Inference.GRPCInferenceService.Descriptor,
        Health.Descriptor,
        Grpc.Reflection.V1.ServerReflection.Descriptor,
        Grpc.Reflection.V1Alpha.ServerReflection.Descriptor,
    ];

    internal static void Add(IServiceCollection services)
    {
        // The details of errors belong to no service: who learns all messages here could not read them otherwise.
        var symbols = SymbolRegistry.FromFiles([.. Descriptors.Select(service => service.File), ErrorDetailsReflection.Descriptor]);
        var names = Descriptors.Select(service => service.FullName).ToList();
        services.AddGrpcReflection();
        services.AddSingleton(new ReflectionServiceImpl(names, symbols));
        services.AddSingleton(new ReflectionV1ServiceImpl(names, symbols));
    }
}
