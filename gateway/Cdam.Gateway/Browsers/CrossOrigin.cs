using Cdam.Gateway.Hosting;
using Cdam.Gateway.Merging;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Browsers;

/// <summary>What a browser may let pages of other origins do.</summary>
internal static class CrossOrigin
{
    // A browser asks before each call otherwise.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    internal static void Add(IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<GatewayOptions>>((cors, gateway) => Permit(cors, gateway.Value.Cors));
    }

    /// <summary>Goes before whatever asks for credentials: preflights have none.</summary>
    internal static void Use(WebApplication app) => app.UseCors();

    private static void Permit(CorsOptions cors, CorsSettings settings)
    {
        if (settings.Origins.Count == 0)
        {
            return;
        }

        cors.AddDefaultPolicy(policy =>
        {
            _ = settings.Origins.Contains(CorsSettings.Any) ? policy.AllowAnyOrigin() : policy.WithOrigins([.. settings.Origins]);
            policy.AllowAnyMethod().AllowAnyHeader().SetPreflightMaxAge(Remembered);

            // Without these a page sees that a call failed, but not why.
            policy.WithExposedHeaders("grpc-status", "grpc-message", "grpc-status-details-bin", "retry-after", MergedCatalogue.MissingPools);
        });
    }
}
