namespace Cdam.Gateway.Page;

/// <summary>
/// <c>GET /page.json</c>: what the page cannot know by itself. Browsers come to the port of HTTP/1.1; the calls that the page gives people to
/// copy go to that of gRPC.
/// </summary>
internal static class PageFacts
{
    internal const string Path = "/page.json";

    // Asked for when somebody does: the system may have chosen the port.
    internal static void Map(WebApplication app) => app.MapGet(Path, () => Results.Json(new { grpcPort = new Uri(app.Urls.First()).Port }));
}
