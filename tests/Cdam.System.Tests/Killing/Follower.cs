using Cdam.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Cdam.System.Tests.Killing;

/// <summary>A client of a benchmark that disconnects in the middle, and comes back for what it has not seen.</summary>
internal sealed class Follower(KilledSystem system, string name)
{
    private readonly List<BenchmarkEvent> _seen = [];

    public string Name => name;

    /// <summary>Stays until so many images are measured, then goes without a word.</summary>
    public Task ToImageAsync(int measured, CancellationToken cancellation) =>
        FollowAsync(step => step.Progress.MeasuredCount >= measured || step.Finished is not null, cancellation);

    /// <summary>Stays to the end.</summary>
    /// <returns>All events, each as it came first.</returns>
    public async Task<IReadOnlyList<BenchmarkEvent>> ToEndAsync(CancellationToken cancellation)
    {
        await FollowAsync(step => step.Finished is not null, cancellation);
        return _seen;
    }

    private async Task FollowAsync(Predicate<BenchmarkEvent> enough, CancellationToken cancellation)
    {
        if (_seen.Exists(enough))
        {
            return;
        }

        using var channel = GrpcChannel.ForAddress(system.EvaluatorAddress);
        using var call = new EvaluatorService.EvaluatorServiceClient(channel).AttachBenchmark(
            new AttachBenchmarkRequest { Name = name, FromEvent = _seen.Count + 1 }, cancellationToken: cancellation);
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellation))
        {
            _seen.Add(answer.Event);
            if (enough(answer.Event))
            {
                return;
            }
        }
    }
}
