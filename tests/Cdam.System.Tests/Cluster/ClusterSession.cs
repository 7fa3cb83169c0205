using Cdam.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Cdam.System.Tests.Cluster;

/// <summary>A benchmark in the cluster, and a client that follows it through the gateway, coming back whenever it is cut off.</summary>
internal sealed class ClusterSession : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly GrpcChannel _channel;
    private readonly EvaluatorService.EvaluatorServiceClient _client;
    private readonly List<BenchmarkEvent> _seen = [];
    private string _name = "";

    public ClusterSession(MiniatureCluster cluster)
    {
        _channel = GrpcChannel.ForAddress(cluster.Gateway);
        _client = new EvaluatorService.EvaluatorServiceClient(_channel);
    }

    /// <summary>Uploads pictures that differ.</summary>
    public async Task<BenchmarkSettings> UploadAsync(MiniatureCluster cluster, int images, CancellationToken cancellation)
    {
        using var upload = _client.UploadImages(cancellationToken: cancellation);
        for (var i = 0; i < images; i++)
        {
            await upload.RequestStream.WriteAsync(new UploadImagesRequest { Name = $"{i}", Image = cluster.Picture(i) }, cancellation);
        }

        await upload.RequestStream.CompleteAsync();
        return new BenchmarkSettings { Model = cluster.Model, Source = new BenchmarkSource { ImageSet = (await upload).ImageSet } };
    }

    public async Task BeginAsync(BenchmarkSettings settings, CancellationToken cancellation)
    {
        var request = new StartBenchmarkRequest { Settings = settings, RequestId = Guid.NewGuid().ToString() };
        await UntilAvailableAsync(async () => _name = (await _client.StartBenchmarkAsync(request, cancellationToken: cancellation)).Benchmark.Name, cancellation);
    }

    /// <summary>Follows until an event is the one that is wanted.</summary>
    /// <returns>All events so far, each as it came first.</returns>
    public async Task<IReadOnlyList<BenchmarkEvent>> FollowAsync(Predicate<BenchmarkEvent> wanted, CancellationToken cancellation)
    {
        await UntilAvailableAsync(
            async () =>
            {
                if (_seen.Exists(wanted))
                {
                    return;
                }

                using var call = _client.AttachBenchmark(
                    new AttachBenchmarkRequest { Name = _name, FromEvent = _seen.Count + 1 }, cancellationToken: cancellation);
                await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellation))
                {
                    _seen.Add(answer.Event);
                    if (wanted(answer.Event))
                    {
                        return;
                    }
                }
            },
            cancellation);
        return _seen;
    }

    public void Dispose() => _channel.Dispose();

    private static async Task UntilAvailableAsync(Func<Task> call, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (RpcException fault) when (fault.StatusCode == StatusCode.Unavailable)
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }
}
