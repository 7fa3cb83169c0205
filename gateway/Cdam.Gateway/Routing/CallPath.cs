namespace Cdam.Gateway.Routing;

/// <summary>The parts of a request's path.</summary>
internal static class CallPath
{
    private const string Model = "model";

    /// <summary>The method called, <c>/package.Service/Method</c>: the path's last two segments.</summary>
    internal static string MethodOf(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var method = path.LastIndexOf('/');
        var service = method > 0 ? path.LastIndexOf('/', method - 1) : -1;
        return service > 0 ? path[service..] : path;
    }

    /// <summary>The model that the path names, where the route's path has a part <c>{model}</c>.</summary>
    internal static string? ModelOf(HttpContext context) => context.Request.RouteValues[Model] as string;
}
