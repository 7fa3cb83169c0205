using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Cdam.Explainer.Configuration;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Models;
using Grpc.Core;

namespace Cdam.Explainer.Streams;

/// <summary>
/// A bidirectional call: one loop reads requests, items work concurrently, one loop writes their answers from a bounded channel. While
/// as many items as permitted are outstanding nothing is read; an item is outstanding until its last answer is in the channel.
/// </summary>
internal sealed class DuplexCall<TRequest, TResponse> : IDisposable
    where TRequest : class
    where TResponse : class
{
    private readonly IAsyncStreamReader<TRequest> _requests;
    private readonly IServerStreamWriter<TResponse> _responses;
    private readonly ServerCallContext _context;
    private readonly ExplainerOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationToken _draining;
    private readonly Channel<TResponse> _answers;
    private readonly SemaphoreSlim _places;
    private readonly CancellationTokenSource _ended;
    private readonly CancellationTokenSource _reading;
    private bool _holdsPlace;                       // the reading loop, for the next item
    private Exception? _failure;

    public DuplexCall(
        IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext context,
        ExplainerOptions options, TimeProvider time, CancellationToken draining)
    {
        (_requests, _responses, _context, _options, _time, _draining) = (requests, responses, context, options, time, draining);
        _answers = Channel.CreateBounded<TResponse>(new BoundedChannelOptions(options.MaxInFlightPerStream) { SingleReader = true });
        _places = new SemaphoreSlim(options.MaxInFlightPerStream);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        _reading = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token, draining);
    }

    /// <summary>How long answers are wanted: until the deadline, or until the call ends for whatever reason.</summary>
    public CallLifetime Lifetime => new(_context.Deadline, _ended.Token);

    /// <summary>Sends an answer, in order; waits while the channel is full.</summary>
    public ValueTask AnswerAsync(TResponse answer) => _answers.Writer.WriteAsync(answer, _ended.Token);

    /// <summary>Starts an item as soon as there is a place; it answers for itself, faults included.</summary>
    public async Task StartAsync(Func<Task> item)
    {
        if (!_holdsPlace)
        {
            await _places.WaitAsync(_ended.Token);
        }

        _holdsPlace = false;
        _ = Task.Run(async () =>
        {
            await GuardAsync(item);
            _places.Release();
        });
    }

    /// <summary>Runs the call until the client has sent and been answered everything, or the call fails.</summary>
    /// <param name="take">Takes each request in turn; what it throws ends the call.</param>
    /// <exception cref="NotServingException">The server drains: what was read is answered, the rest was not read.</exception>
    public async Task RunAsync(Func<TRequest, Task> take)
    {
        var isDrained = false;
        var writing = GuardAsync(WriteAnswersAsync);
        await GuardAsync(async () => isDrained = !await ReadRequestsAsync(take));
        await OutstandingItemsAsync();
        _answers.Writer.TryComplete();
        await writing;
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }

        if (isDrained)
        {
            throw NotServingException.Draining();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reading.Dispose();
        _ended.Dispose();
        _places.Dispose();
    }

    /// <summary>False if the server began to drain before the client was done.</summary>
    private async Task<bool> ReadRequestsAsync(Func<TRequest, Task> take)
    {
        while (true)
        {
            try
            {
                await EnterAsync(_reading.Token);
                if (!await _requests.MoveNext(_reading.Token))
                {
                    return true;
                }
            }
            catch (Exception) when (_draining.IsCancellationRequested && !_ended.IsCancellationRequested)
            {
                return false;
            }

            await take(_requests.Current);
        }
    }

    private async Task EnterAsync(CancellationToken cancellation)
    {
        if (!_holdsPlace)
        {
            await _places.WaitAsync(cancellation);
            _holdsPlace = true;
        }
    }

    private async Task WriteAnswersAsync()
    {
        await foreach (var answer in _answers.Reader.ReadAllAsync(_ended.Token))
        {
            await WriteAsync(answer);
        }
    }

    private async Task WriteAsync(TResponse answer)
    {
        // Not cancelled with the call's other parts: the framework answers that by resetting the stream, and the status would be lost.
        var writing = _responses.WriteAsync(answer, CancellationToken.None);
        try
        {
            await writing.WaitAsync(_options.WriteTimeout, _time, _context.CancellationToken);
        }
        catch (TimeoutException)
        {
            // What cannot be written can only be thrown away with the stream.
            _context.GetHttpContext().Abort();
            throw new StalledClientException(_options.WriteTimeout);
        }
    }

    /// <summary>All places are free once no item holds one. Items end soon after the call has, so this needs no cancellation.</summary>
    private async Task OutstandingItemsAsync()
    {
        for (var place = _holdsPlace ? 1 : 0; place < _options.MaxInFlightPerStream; place++)
        {
            await _places.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>The first failure is the call's, and ends all its parts.</summary>
    private async Task GuardAsync(Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
            await _ended.CancelAsync();
        }
    }
}
