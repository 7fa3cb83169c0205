using Cdam.Gateway.Hosting;
using Cdam.Gateway.Peeking;
using Cdam.V1.Errors;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Routing;

/// <summary>Why a call cannot be sent to a pool.</summary>
internal static class RoutingFault
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>No pool has the model.</summary>
    /// <param name="searched">Pools that answered.</param>
    /// <param name="missing">Pools that did not, of which one may have it.</param>
    internal static Status Unknown(string model, IReadOnlyCollection<string> searched, IReadOnlyCollection<string> missing)
    {
        var places = $"{model} is in none of the pools {string.Join(", ", searched)}";
        return missing.Count == 0
            ? WireStatus.NotFound("model", model, $"{places}; ListModels says what there is.")
            : WireStatus.Unavailable($"{places}; {string.Join(", ", missing)} cannot be asked now.", RetryAfter, "POOL_MISSING");
    }

    /// <summary>The call names no model, or in a way that cannot be read.</summary>
    internal static Status Unnamed(
        PeekOutcome outcome, ModelField field, string? encoding, IEnumerable<string> pools, GatewayOptions options)
    {
        var choice = $"one of the pools {string.Join(", ", pools)} must be chosen: name the model there or in the header {RequestedModel.Header}";
        return outcome switch
        {
            PeekOutcome.UnknownEncoding => Unimplemented(
                $"Messages are compressed with '{encoding}', of which the gateway cannot read the model; use gzip, deflate, or the header {RequestedModel.Header}."),
            PeekOutcome.Malformed => WireStatus.InvalidArgument(field.Name, "cannot be read: the first message is malformed", "MALFORMED_MESSAGE"),
            PeekOutcome.TooFar => WireStatus.InvalidArgument(
                field.Name, $"is not within the first {options.PeekBytes} bytes of the message (Gateway:PeekBytes); {choice}"),
            PeekOutcome.Ended => WireStatus.InvalidArgument(field.Name, $"is missing: the stream ended before its first message did; {choice}", "NO_MESSAGE"),
            PeekOutcome.Silent => WireStatus.InvalidArgument(
                field.Name, $"is missing: no message came within {options.FirstMessageTimeout} (Gateway:FirstMessageTimeout); {choice}", "NO_MESSAGE"),
            _ => WireStatus.InvalidArgument(field.Name, $"is empty; {choice}"),
        };
    }

    /// <summary>The header or the path names another model than the first message.</summary>
    internal static Status Mismatch(ModelField field, string inMessage, string routed) => WireStatus.InvalidArgument(
        field.Name, $"is '{inMessage}', but the call was sent with {RequestedModel.Header} '{routed}'; both must name the same model", "MODEL_MISMATCH");

    internal static Status TooLarge(long length, int limit) => WireStatus.ResourceExhausted(
        $"{GatewayOptions.Section}:{nameof(GatewayOptions.MaxMessageBytes)}",
        $"a message has {length} bytes; the most is {limit} (Gateway:MaxMessageBytes)", null, "TOO_LARGE");

    private static Status Unimplemented(string message)
    {
        var info = new ErrorInfo { Domain = WireStatus.Domain, Reason = "UNKNOWN_ENCODING" };
        return new Status { Code = (int)Code.Unimplemented, Message = message, Details = { Any.Pack(info) } };
    }
}
