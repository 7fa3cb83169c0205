using Cdam.Evaluator.Telemetry;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Sessions;

/// <summary>
/// Waits for an explainer that is lost, busy or starting. A fault of the explainer itself is given a few tries: it may have been dying.
/// Everything else is the image's own fault.
/// </summary>
internal sealed partial class ExplainerPatience(
    IOptions<BenchmarkOptions> options, SessionTelemetry telemetry, TimeProvider clock, ILogger<ExplainerPatience> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private const int MostFaults = 3;

    /// <exception cref="ExplainerLostException">The patience ended.</exception>
    /// <exception cref="RpcException">Trying again cannot help.</exception>
    internal async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var faults = 0;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await work(cancellation);
            }
            catch (RpcException) when (cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellation);
            }
            catch (RpcException fault) when (IsPassing(fault) || (IsDoubtful(fault) && ++faults < MostFaults))
            {
                if (clock.GetElapsedTime(start) >= options.Value.ExplainerPatience)
                {
                    throw new ExplainerLostException(fault);
                }

                telemetry.Retried(fault);
                LogWaiting(pause.TotalSeconds, fault.StatusCode, fault.Status.Detail);
                await Task.Delay(Pause(pause, fault), clock, cancellation);
            }
        }
    }

    /// <summary>A full queue says when to come back; a message over a limit is as resource-exhausted, but for good.</summary>
    private static bool IsPassing(RpcException fault) =>
        fault.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Aborted
        || (fault.StatusCode == StatusCode.ResourceExhausted && fault.GetRpcStatus()?.GetDetail<RetryInfo>() is not null);

    private static bool IsDoubtful(RpcException fault) => fault.StatusCode is StatusCode.Internal or StatusCode.Unknown;

    /// <summary>Half of it is chance, so that images that failed together do not come back together.</summary>
    private static TimeSpan Pause(TimeSpan pause, RpcException fault)
    {
        var asked = fault.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan() ?? TimeSpan.Zero;
        var floor = fault.StatusCode == StatusCode.ResourceExhausted && asked > pause ? asked : pause;
        return (floor < LongestPause ? floor : LongestPause) * (0.5 + (0.5 * Random.Shared.NextDouble()));
    }

    [LoggerMessage(LogLevel.Warning, "The explainer cannot be used, trying again in up to {Seconds} s: {Code} {Detail}")]
    private partial void LogWaiting(double seconds, StatusCode code, string detail);
}
