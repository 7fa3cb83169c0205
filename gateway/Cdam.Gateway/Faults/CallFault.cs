using Microsoft.AspNetCore.Http.Features;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Faults;

/// <summary>
/// A feature of every gRPC call: why the gateway ends it, whatever the forwarder says. It is there from the start, because the copies
/// of both bodies may set it while features are read.
/// </summary>
internal sealed class CallFault
{
    private volatile Status? _status;

    /// <summary>Null while there is no fault.</summary>
    internal Status? Status
    {
        get => _status;
        set => _status = value;
    }

    /// <summary>Of a call that is a gRPC one.</summary>
    internal static CallFault Of(HttpContext context) => context.Features.GetRequiredFeature<CallFault>();
}
