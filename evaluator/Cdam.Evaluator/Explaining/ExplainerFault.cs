using Cdam.V1.Errors;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace Cdam.Evaluator.Explaining;

/// <summary>Turns what goes wrong with the explainer into what the evaluator's own client is told.</summary>
internal static class ExplainerFault
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Passes code and details on; faults of the connection itself, which have none, get them here.</summary>
    internal static RpcException PassOn(RpcException fault) => ToStatus(fault).ToRpcException();

    /// <summary>The explainer broke the contract.</summary>
    /// <param name="what">What was found and what the contract says.</param>
    internal static RpcException BadAnswer(string what) =>
        WireStatus.Internal($"The explainer's answer cannot be used: {what}", "BAD_EXPLAINER_ANSWER").ToRpcException();

    private static Status ToStatus(RpcException fault)
    {
        if (fault.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
        {
            // Passed on, it would tell the client that its own key is wrong.
            return WireStatus.FailedPrecondition("Evaluator:ApiKey",
                "The evaluator is not admitted to the explainers; Evaluator:ApiKey or Evaluator:ApiKeyFile must have a key with the scope explain. "
                + $"The gateway says: {fault.Status.Detail}", "EVALUATOR_NOT_ADMITTED");
        }

        if (fault.GetRpcStatus() is { } status)
        {
            return status;
        }

        return fault switch
        {
            { StatusCode: StatusCode.Unavailable } or { Status.DebugException: HttpRequestException or IOException } =>
                WireStatus.Unavailable(
                    $"The connection to the explainer failed: {fault.Status.DebugException?.GetBaseException().Message ?? fault.Status.Detail}",
                    RetryAfter, "EXPLAINER_LOST"),
            { StatusCode: StatusCode.Cancelled } => WireStatus.Cancelled("The call to the explainer was cancelled."),
            { StatusCode: StatusCode.DeadlineExceeded } =>
                WireStatus.DeadlineExceeded("The deadline passed while the explainer was working."),
            _ => new Status
            {
                Code = (int)fault.StatusCode,
                Message = fault.Status.Detail,
                Details = { Any.Pack(new ErrorInfo { Domain = WireStatus.Domain, Reason = "EXPLAINER_FAULT" }) },
            },
        };
    }
}
