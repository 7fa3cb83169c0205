using Cdam.Gateway.Json;

namespace Cdam.Gateway.Hosting;

/// <summary>
/// What is before everything else: JSON becomes gRPC calls here, so that what comes after, routing first of all, knows
/// nothing but those.
/// </summary>
internal static class HttpFront
{
    internal static void Use(WebApplication app)
    {
        app.UseMiddleware<JsonCallMiddleware>();

        // Said here, since it would come first of all otherwise.
        app.UseRouting();
    }
}
