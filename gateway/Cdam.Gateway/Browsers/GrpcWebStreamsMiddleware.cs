using Microsoft.AspNetCore.Http.Features;

namespace Cdam.Gateway.Browsers;

/// <summary>
/// Lets the forwarder read and write: UseGrpcWeb leaves a response nothing but its pipe, and the forwarder copies streams.
/// </summary>
internal sealed class GrpcWebStreamsMiddleware(RequestDelegate next)
{
    internal static bool IsGrpcWeb(HttpContext context) =>
        context.Request.ContentType?.StartsWith("application/grpc-web", StringComparison.OrdinalIgnoreCase) == true;

    public async Task InvokeAsync(HttpContext context)
    {
        var pipes = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();

        // One reader for both ways to the body: what one of them has looked at is still there for the other.
        context.Request.Body = context.Request.BodyReader.AsStream(leaveOpen: true);
        context.Features.Set<IHttpResponseBodyFeature>(new WriterBody(pipes));
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(pipes);
        }
    }
}
