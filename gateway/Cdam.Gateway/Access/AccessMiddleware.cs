using Cdam.Gateway.Auditing;
using Cdam.Gateway.Faults;
using Cdam.V1.Errors;
using Microsoft.AspNetCore.Http.Features;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Access;

/// <summary>Refuses calls that the caller may not make, before anything of them is looked at: nobody learns what exists by asking.</summary>
internal sealed class AccessMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var rule = CallRules.Of(context.Request.Path);
        context.Features.Get<CallRecord>()?.Known(CallRules.MethodOf(context.Request.Path), rule);
        return FaultOf(context.Features.GetRequiredFeature<Identification>(), rule) is { } fault
            ? Refusal.WriteAsync(context, fault)
            : next(context);
    }

    private static Status? FaultOf(Identification identification, CallRule rule)
    {
        if (rule.IsOpen)
        {
            return null;
        }

        return identification.Caller is not { } caller ? identification.Fault
            : rule.Permits(caller.Scopes) ? null
            : WireStatus.PermissionDenied(rule.ToString(), $"This call needs the scope {rule}; {caller.Id} has {ScopeNames.Format(caller.Scopes)}.");
    }
}
