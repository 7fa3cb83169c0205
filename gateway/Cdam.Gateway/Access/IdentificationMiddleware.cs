using Cdam.Gateway.Faults;

namespace Cdam.Gateway.Access;

/// <summary>
/// Finds out who makes each call. Strangers whose request is not gRPC are refused at once: it would be read whole before the call that it
/// stands for is known.
/// </summary>
internal sealed class IdentificationMiddleware(RequestDelegate next, CallerIdentification callers)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var identification = await callers.IdentifyAsync(context);
        context.Features.Set(identification);
        if (identification.Fault is { } fault && !GrpcCall.Is(context) && !CallRules.Of(context.Request.Path).IsOpen)
        {
            await Refusal.WriteAsync(context, fault);
        }
        else
        {
            await next(context);
        }
    }
}
