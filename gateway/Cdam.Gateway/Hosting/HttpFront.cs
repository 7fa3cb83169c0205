using Cdam.Gateway.Browsers;
using Cdam.Gateway.Json;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Hosting;

/// <summary>
/// What is before everything else: JSON and gRPC-Web become gRPC calls here, so that what comes after, routing first of all, knows
/// nothing but those.
/// </summary>
internal static class HttpFront
{
    internal static void Add(IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<GatewayOptions>>((cors, gateway) => CrossOrigin.Permit(cors, gateway.Value.Cors));
    }

    internal static void Use(WebApplication app)
    {
        app.UseCors();
        app.UseWhen(GrpcWebStreamsMiddleware.IsGrpcWeb, web =>
        {
            web.UseMiddleware<GrpcWebTextMiddleware>();
            web.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
            web.UseMiddleware<GrpcWebStreamsMiddleware>();
        });
        app.UseMiddleware<JsonCallMiddleware>();

        // Said here, since it would come first of all otherwise.
        app.UseRouting();
    }
}
