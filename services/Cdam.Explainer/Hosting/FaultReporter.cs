using Cdam.Attribution.Explanations;
using Cdam.Explainer.Wire;
using Google.Rpc;

namespace Cdam.Explainer.Hosting;

/// <summary>Turns exceptions into what clients see, and logs those that are the server's fault: only the log has their stacks.</summary>
internal sealed partial class FaultReporter(ILogger<FaultReporter> log)
{
    /// <param name="exception">What happened.</param>
    /// <param name="prefix">Path to put before the field's, with its dot: items of a stream lie deeper than a call's request.</param>
    public Status Describe(Exception exception, string prefix = "")
    {
        var status = FaultStatus.Of(exception is AttributionException fault ? new AttributionException(prefix + fault.Field, fault.Description) : exception);
        if (status.Code == (int)Code.Internal)
        {
            LogFault(exception);
        }

        return status;
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Error, Message = "a request failed by a fault of the server")]
    private partial void LogFault(Exception exception);
}
