using Cdam.V1.Errors;
using Yarp.ReverseProxy.Forwarder;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Faults;

/// <summary>What a fault of the forwarder means to a gRPC client.</summary>
internal static class ForwarderFault
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <param name="fault">What the forwarder reports.</param>
    /// <param name="cluster">Where the call was to go.</param>
    /// <param name="clientGone">True where the client cancelled; otherwise a cancellation is the gateway's activity timeout.</param>
    /// <param name="destinations">How many the cluster has, serving or not.</param>
    internal static Status ToStatus(IForwarderErrorFeature fault, string cluster, bool clientGone, int destinations) => fault.Error switch
    {
        _ when clientGone => WireStatus.Cancelled("The client cancelled the call."),
        _ when IsActivityTimeout(fault) => WireStatus.DeadlineExceeded(
            $"A destination of cluster '{cluster}' was silent for longer than ReverseProxy:Clusters:{cluster}:HttpRequest:ActivityTimeout."),
        ForwarderError.NoAvailableDestinations when destinations > 0 => WireStatus.Unavailable(
            $"None of the {destinations} destinations of cluster '{cluster}' serves now.", RetryAfter, "NO_DESTINATION"),
        ForwarderError.NoAvailableDestinations => WireStatus.Unavailable(
            $"Cluster '{cluster}' has no destination; set ReverseProxy:Clusters:{cluster}:Destinations:one:Address.",
            RetryAfter, "NO_DESTINATION"),
        ForwarderError.RequestCreation => WireStatus.Internal("The gateway could not form the request.", "FORWARDING_FAILED"),
        _ => WireStatus.Unavailable($"The connection to a destination of cluster '{cluster}' failed.", RetryAfter, "DESTINATION_LOST"),
    };

    /// <remarks>
    /// Once bodies are being copied, the side that the forwarder names is a matter of chance: a timeout and a lost destination both
    /// cancel the copy of the request too, and whichever copy ends first is blamed. The exceptions of both copies tell them apart:
    /// a lost connection is among them, or they are cancellations only.
    /// </remarks>
    private static bool IsActivityTimeout(IForwarderErrorFeature fault) =>
        fault.Error == ForwarderError.RequestTimedOut || (fault.Error != ForwarderError.Request && IsCancellation(fault.Exception));

    private static bool IsCancellation(Exception? exception) => exception is AggregateException several
        ? several.Flatten().InnerExceptions.All(IsCancellation)
        : exception is OperationCanceledException;
}
