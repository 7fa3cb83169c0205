using Cdam.Gateway.Concepts.Store;
using Cdam.V1.Errors;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Concepts;

/// <summary>Ends failed calls with a status that carries its details, whatever the exception was.</summary>
internal sealed partial class ConceptFaults(TimeProvider clock, ILogger<ConceptFaults> logger) : Interceptor
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(() => continuation(request, context), context);

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        AnswerAsync(() => continuation(requestStream, context), context);

    private async Task<T> AnswerAsync<T>(Func<Task<T>> call, ServerCallContext context)
    {
        try
        {
            return await call();
        }
        catch (Exception fault)
        {
            throw ToStatus(fault, context).ToRpcException();
        }
    }

    /// <remarks>Once a call is over, whatever failed in it failed because of that.</remarks>
    private Status ToStatus(Exception fault, ServerCallContext context)
    {
        if (context.Deadline != DateTime.MaxValue && context.Deadline <= clock.GetUtcNow().UtcDateTime)
        {
            return WireStatus.DeadlineExceeded("The call's deadline has passed.");
        }

        if (context.CancellationToken.IsCancellationRequested)
        {
            return WireStatus.Cancelled("The client cancelled the call.");
        }

        switch (fault)
        {
            case RpcException known when known.GetRpcStatus() is { } status:
                return status;
            case RpcException unread:
                return FaultDetails.Of(unread.StatusCode, unread.Status.Detail);
            case ConceptStoreException store:
                LogStore(store.InnerException!);
                return WireStatus.Unavailable("The store of concepts cannot be used now; the gateway's log says why.", RetryAfter, "CONCEPT_STORE_LOST");
            default:
                LogFault(fault);
                return WireStatus.Internal("the gateway could not answer for a reason of its own; its log has the details");
        }
    }

    [LoggerMessage(LogLevel.Error, "the store of concepts cannot be used")]
    private partial void LogStore(Exception fault);

    [LoggerMessage(LogLevel.Error, "a call of ConceptService failed by a fault of the gateway")]
    private partial void LogFault(Exception fault);
}
