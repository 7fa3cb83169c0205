using Cdam.Gateway.Faults;
using Cdam.V1.Errors;

namespace Cdam.Gateway.Deadlines;

/// <summary>
/// Ends a call whose deadline has passed: YARP only forwards <c>grpc-timeout</c>, and a destination that hangs does not keep it. The
/// destination comes first, since its own status may say more.
/// </summary>
internal sealed class CallDeadlineMiddleware(RequestDelegate next)
{
    private static readonly TimeSpan DestinationsTurn = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!GrpcCall.Is(context) || CallTimeout.Read(context.Request.Headers[CallTimeout.Header]) is not { } timeout)
        {
            await next(context);
            return;
        }

        var client = context.RequestAborted;
        using var passed = new CancellationTokenSource(timeout + DestinationsTurn);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(client, passed.Token);
        context.RequestAborted = either.Token;
        try
        {
            await next(context);
        }
        catch (Exception) when (passed.IsCancellationRequested)
        {
            // What was awaited for a call that is over.
        }
        finally
        {
            context.RequestAborted = client;
        }

        if (passed.IsCancellationRequested)
        {
            CallFault.Of(context).Status ??= WireStatus.DeadlineExceeded($"The call's deadline, {timeout}, has passed.");
        }
    }
}
