using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Gateway.Tests.Destinations;

/// <summary>Streams events.</summary>
internal sealed class StubEvaluator : EvaluatorService.EvaluatorServiceBase
{
    /// <summary>The id of a model whose evaluation fails after its first event.</summary>
    public const string Failing = "failing";

    /// <summary>The id of a benchmark that has one event and does not end.</summary>
    public const string Endless = "endless";

    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when an endless benchmark's call was cancelled.</summary>
    public Task Cancelled => _cancelled.Task;

    /// <summary>Streams three events.</summary>
    public override async Task EvaluateImage(
        EvaluateImageRequest request, IServerStreamWriter<EvaluateImageResponse> responses, ServerCallContext context)
    {
        foreach (var percent in new[] { 0, 50, 100 })
        {
            await responses.WriteAsync(new EvaluateImageResponse { Point = new CurvePoint { Percent = percent } });
            if (request.Model == $"models/{Failing}")
            {
                throw WireStatus.FailedPrecondition("model", "It fails.", "FAILING").ToRpcException();
            }
        }
    }

    public override async Task AttachBenchmark(
        AttachBenchmarkRequest request, IServerStreamWriter<AttachBenchmarkResponse> responses, ServerCallContext context)
    {
        await responses.WriteAsync(new AttachBenchmarkResponse { Event = new BenchmarkEvent { Number = 1 } });
        using var cancelled = context.CancellationToken.Register(() => _cancelled.TrySetResult());
        await Task.Delay(request.Name == $"benchmarks/{Endless}" ? Timeout.Infinite : 0, context.CancellationToken);
    }
}
