using System.Diagnostics;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;

namespace Cdam.Evaluator.Explaining;

/// <summary>Runs a bidirectional call: writes and reads at the same time, since either side may stop taking until it is read.</summary>
internal static class Exchange
{
    /// <param name="call">Begins the call with a token that ends it.</param>
    /// <param name="requests">Formed one by one as they are written.</param>
    /// <param name="meter">Counts messages, and the time that answers are awaited.</param>
    /// <param name="cancellation">Ends the call, as does leaving the enumeration.</param>
    internal static async IAsyncEnumerable<TResponse> RunAsync<TRequest, TResponse>(
        Func<CancellationToken, AsyncDuplexStreamingCall<TRequest, TResponse>> call,
        IEnumerable<TRequest> requests,
        ExchangeMeter meter,
        [EnumeratorCancellation] CancellationToken cancellation)
        where TRequest : IMessage
        where TResponse : IMessage
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var running = call(stop.Token);
        var writing = WriteAllAsync(running.RequestStream, requests, meter, stop.Token);
        try
        {
            while (await MoveNextAsync(running.ResponseStream, meter.Waiting, stop.Token))
            {
                meter.Received(running.ResponseStream.Current);
                yield return running.ResponseStream.Current;
            }
        }
        finally
        {
            await stop.CancelAsync();

            // A write fails only because the call has ended, and the reading side knows why it has.
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task WriteAllAsync<TRequest>(
        IClientStreamWriter<TRequest> stream, IEnumerable<TRequest> requests, ExchangeMeter meter, CancellationToken cancellation)
        where TRequest : IMessage
    {
        foreach (var request in requests)
        {
            await stream.WriteAsync(request, cancellation);
            meter.Sent(request);
        }

        await stream.CompleteAsync();
    }

    private static async Task<bool> MoveNextAsync<TResponse>(
        IAsyncStreamReader<TResponse> stream, Stopwatch waiting, CancellationToken cancellation)
    {
        waiting.Start();
        try
        {
            return await stream.MoveNext(cancellation);
        }
        catch (RpcException fault)
        {
            throw ExplainerFault.PassOn(fault);
        }
        finally
        {
            waiting.Stop();
        }
    }
}
