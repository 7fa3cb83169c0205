using Cdam.V1;
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
    internal static readonly ServiceDescriptor[] Descriptors =
    [
        ExplainerService.Descriptor,
        EvaluatorService.Descriptor,
        Health.Descriptor,
        Grpc.Reflection.V1.ServerReflection.Descriptor,
        Grpc.Reflection.V1Alpha.ServerReflection.Descriptor,
    ];

    internal static void Add(IServiceCollection services)
    {
        services.AddGrpcReflection();
        services.AddSingleton(new ReflectionServiceImpl(Descriptors));
        services.AddSingleton(new ReflectionV1ServiceImpl(Descriptors));
    }
}
