using Cdam.Evaluator.Hosting;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Evaluator.Tuning;

/// <summary>The call that chooses noise. It takes one of the slots that bound evaluations, since it lives as they do.</summary>
internal sealed class TuningCall(EvaluationSlots slots, TuningStart start, TuningRun run)
{
    internal async Task RunAsync(TuneNoiseRequest request, IServerStreamWriter<TuneNoiseResponse> responses, CancellationToken cancellation)
    {
        using var slot = slots.Take();
        var tuning = await start.CheckAsync(request, cancellation);
        await foreach (var step in run.RunAsync(tuning, cancellation))
        {
            await responses.WriteAsync(step, cancellation);
        }
    }
}
