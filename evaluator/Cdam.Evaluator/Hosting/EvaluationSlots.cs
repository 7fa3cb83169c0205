using Cdam.V1.Errors;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Hosting;

/// <summary>Bounds the evaluations that run at a time: each holds two pictures and the plans of all its rankings.</summary>
internal sealed class EvaluationSlots(IOptions<EvaluatorOptions> options) : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _free = new(options.Value.MaxConcurrentEvaluations);

    /// <summary>Takes a slot; the caller disposes what it gets.</summary>
    /// <exception cref="RpcException">All slots are taken.</exception>
    internal IDisposable Take()
    {
        if (_free.Wait(0))
        {
            return new Slot(_free);
        }

        var limit = options.Value.MaxConcurrentEvaluations;
        throw WireStatus.ResourceExhausted($"{EvaluatorOptions.Section}:{nameof(EvaluatorOptions.MaxConcurrentEvaluations)}",
            $"{limit} of {limit} evaluations are running.", RetryAfter, "EVALUATIONS_FULL").ToRpcException();
    }

    public void Dispose() => _free.Dispose();

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
