using System.Diagnostics;
using Cdam.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Cdam.System.Tests.Cluster;

/// <summary>Clients that ask all day long: some call after call, some in streams that they open again where one is lost.</summary>
internal sealed class ClientLoad : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _end;
    private readonly GrpcChannel _channel;
    private readonly ExplainerService.ExplainerServiceClient _client;
    private readonly ExplainRequest _request;
    private readonly LoadFigures _figures;
    private readonly Task[] _clients;

    public ClientLoad(MiniatureCluster cluster, int callers, int streams, TimeSpan streamPause, LoadFigures figures, CancellationToken cancellation)
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _channel = GrpcChannel.ForAddress(cluster.Gateway, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
            DisposeHttpClient = true,
        });
        _client = new ExplainerService.ExplainerServiceClient(_channel);
        _request = new ExplainRequest { Model = cluster.Model, Image = cluster.Picture(0) };
        _figures = figures;
        _clients =
        [
            .. Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync, cancellation)),
            .. Enumerable.Range(0, streams).Select(_ => Task.Run(() => StreamAsync(streamPause), cancellation)),
        ];
    }

    /// <summary>Ends the clients, each after its present answer.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_clients).WaitAsync(Patience, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_clients).WaitAsync(Patience, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _channel.Dispose();
        _end.Dispose();
    }

    private async Task CallAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                await _client.ExplainAsync(_request, deadline: DateTime.UtcNow + Patience);
                _figures.Answered(Stopwatch.GetElapsedTime(start));
            }
            catch (RpcException fault)
            {
                _figures.Failed($"{fault.StatusCode}: {fault.Status.Detail}");
            }

            await WaitAsync(Pause);
        }
    }

    private async Task StreamAsync(TimeSpan pause)
    {
        for (var next = 0; !_end.IsCancellationRequested;)
        {
            try
            {
                using var call = _client.ExplainStream();
                while (!_end.IsCancellationRequested)
                {
                    await AskAsync(call, $"{next}").WaitAsync(Patience);
                    _figures.AnsweredInStream();
                    next++;
                    await WaitAsync(pause);
                }

                await call.RequestStream.CompleteAsync();
            }
            catch (RpcException fault) when (fault.StatusCode == StatusCode.Unavailable)
            {
                _figures.Reopened();
                await WaitAsync(Pause);
            }
        }
    }

    private async Task AskAsync(AsyncDuplexStreamingCall<ExplainStreamRequest, ExplainStreamResponse> call, string id)
    {
        try
        {
            await call.RequestStream.WriteAsync(new ExplainStreamRequest { Id = id, Request = _request });
        }
        catch (Exception fault) when (fault is RpcException or InvalidOperationException)
        {
            // The call has ended; reading says with which status.
        }

        while (await call.ResponseStream.MoveNext())
        {
            var answer = call.ResponseStream.Current;
            if (answer.Error is { } error)
            {
                throw new RpcException(new Status((StatusCode)error.Code, error.Message));
            }

            if (answer.Result is not null && answer.Id == id)
            {
                return;
            }
        }

        throw new RpcException(new Status(StatusCode.Unavailable, "the stream ended without an answer"));
    }

    /// <summary>Less long where the day ends.</summary>
    private async Task WaitAsync(TimeSpan pause) => await Task.Delay(pause, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
