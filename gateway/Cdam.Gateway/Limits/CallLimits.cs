using System.Threading.RateLimiting;
using Cdam.V1.Errors;
using Microsoft.Extensions.Options;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Limits;

/// <summary>Counts each caller's calls.</summary>
internal sealed class CallLimits(IOptions<LimitOptions> options) : IDisposable
{
    // When one of the calls under way will end is not known.
    private static readonly TimeSpan RetryAfterStreams = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<string>? _rate = options.Value.CallsPerSecond is { } rate
        ? Rate(rate, options.Value.Burst ?? Math.Max(1, (int)rate))
        : null;

    private readonly PartitionedRateLimiter<string>? _streams = options.Value.ConcurrentStreams is { } most ? Streams(most) : null;

    /// <summary>Takes a call's place; the caller of this gives it back.</summary>
    /// <param name="client">Whom it counts for.</param>
    /// <param name="place">Null where calls under way are not counted, or there is no place.</param>
    /// <returns>Null where the call may go on.</returns>
    internal Status? Enter(string client, out IDisposable? place)
    {
        place = null;
        using var token = _rate?.AttemptAcquire(client);
        if (token is { IsAcquired: false })
        {
            var wait = token.TryGetMetadata(MetadataName.RetryAfter, out var delay) ? delay : RetryAfterStreams;
            return WireStatus.ResourceExhausted(Name(nameof(LimitOptions.CallsPerSecond)),
                $"{client} made more than {options.Value.CallsPerSecond} calls a second ({Name(nameof(LimitOptions.CallsPerSecond))}).", wait, "TOO_MANY_CALLS");
        }

        var lease = _streams?.AttemptAcquire(client);
        if (lease is { IsAcquired: false })
        {
            lease.Dispose();
            return WireStatus.ResourceExhausted(Name(nameof(LimitOptions.ConcurrentStreams)),
                $"{client} has {options.Value.ConcurrentStreams} calls under way, which is the most ({Name(nameof(LimitOptions.ConcurrentStreams))}).",
                RetryAfterStreams, "TOO_MANY_STREAMS");
        }

        place = lease;
        return null;
    }

    public void Dispose()
    {
        _rate?.Dispose();
        _streams?.Dispose();
    }

    private static string Name(string option) => $"{LimitOptions.Section}:{option}";

    private static PartitionedRateLimiter<string> Rate(double perSecond, int burst) =>
        PartitionedRateLimiter.Create<string, string>(client => RateLimitPartition.GetTokenBucketLimiter(client, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1 / perSecond),
            QueueLimit = 0,
        }), StringComparer.Ordinal);

    private static PartitionedRateLimiter<string> Streams(int most) =>
        PartitionedRateLimiter.Create<string, string>(client => RateLimitPartition.GetConcurrencyLimiter(client, _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = most,
            QueueLimit = 0,
        }), StringComparer.Ordinal);
}
