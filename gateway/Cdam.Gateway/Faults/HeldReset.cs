using Microsoft.AspNetCore.Http.Features;

namespace Cdam.Gateway.Faults;

/// <summary>
/// Takes the place of the stream's reset: the forwarder resets a stream whose destination was lost, after which no trailers could
/// tell the client what happened.
/// </summary>
internal sealed class HeldReset : IHttpResetFeature
{
    public void Reset(int errorCode)
    {
        // Held for good: the middleware that installed this ends the call with trailers instead.
    }
}
