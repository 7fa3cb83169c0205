using Cdam.Gateway.Concepts.Latents;
using Cdam.Gateway.Concepts.Store;
using Cdam.Gateway.Hosting;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Concepts;

/// <summary>What ConceptService needs of the host.</summary>
internal static class ConceptServices
{
    internal static void Add(IServiceCollection services)
    {
        AddStore(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ConceptStore>();
        services.AddSingleton<ModelConnections>().AddSingleton<ConceptCreation>();
        services.AddGrpc().AddServiceOptions<ConceptGrpcService>(service => service.Interceptors.Add<ConceptFaults>());
        services.AddOptions<GrpcServiceOptions<ConceptGrpcService>>().Configure<IOptions<GatewayOptions>>(
            (service, gateway) => service.MaxReceiveMessageSize = gateway.Value.MaxMessageBytes);
    }

    internal static void AddStore(IServiceCollection services)
    {
        services.AddOptions<ConceptOptions>().BindConfiguration(ConceptOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConceptOptions>, ConceptOptionsCheck>();
        services.AddDbContextFactory<ConceptContext>(
            (provider, context) => provider.GetRequiredService<IOptions<ConceptOptions>>().Value.Place.Use(context, ConceptStoreSetUp.HistoryTable));
        services.AddSingleton<ConceptStoreSetUp>();
    }

    internal static void Map(WebApplication app) => app.MapGrpcService<ConceptGrpcService>().Add(endpoint =>
    {
        var call = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = context => FaultDetails.AddAsync(context, call);
    });
}
