using Cdam.Explainer.Devices;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Cdam.Explainer.Hosting;

/// <summary>Ends failed calls with a status that carries its details, whatever the exception was.</summary>
internal sealed class FaultInterceptor(FaultReporter faults, TimeProvider time) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception)
        {
            throw Fault(exception, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception)
        {
            throw Fault(exception, context);
        }
    }

    /// <summary>Once a call is over, whatever failed in it failed because of that.</summary>
    private RpcException Fault(Exception exception, ServerCallContext context)
    {
        var ending = new CallLifetime(context.Deadline, context.CancellationToken).Ending(time);
        return faults.Describe(ending ?? exception).ToRpcException();
    }
}
