using Cdam.Gateway.Browsers;
using Cdam.Gateway.Json;

namespace Cdam.Gateway.Hosting;

/// <summary>
/// Makes gRPC calls of JSON and gRPC-Web, so that what comes after, routing first of all, knows nothing but those.
/// </summary>
internal static class HttpFront
{
    internal static void Use(WebApplication app)
    {
        app.UseWhen(GrpcWebStreamsMiddleware.IsGrpcWeb, web =>
        {
            web.UseMiddleware<GrpcWebTextMiddleware>();
            web.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
            web.UseMiddleware<GrpcWebStreamsMiddleware>();
        });
        JsonCompression.Use(app);
        app.UseMiddleware<JsonCallMiddleware>();

        // Said here, since it would come first of all otherwise.
        app.UseRouting();
    }
}
