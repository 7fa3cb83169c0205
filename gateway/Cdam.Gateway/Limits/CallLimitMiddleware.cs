using Cdam.Gateway.Access;
using Cdam.Gateway.Faults;
using Microsoft.AspNetCore.Http.Features;

namespace Cdam.Gateway.Limits;

/// <summary>Refuses calls above their caller's limits. Calls without proof count for their address, so that guessing is limited as well.</summary>
internal sealed class CallLimitMiddleware(RequestDelegate next, CallLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (CallRules.Of(context.Request.Path).IsOpen)
        {
            await next(context);
            return;
        }

        var client = context.Features.GetRequiredFeature<Identification>().Caller?.Id ?? CallerIdentification.NameOf(context);
        var fault = limits.Enter(client, out var place);
        using (place)
        {
            await (fault is null ? next(context) : Refusal.WriteAsync(context, fault));
        }
    }
}
