using Cdam.Evaluator.Sources;
using Cdam.Evaluator.Store;
using Cdam.Evaluator.Telemetry;
using Cdam.V1;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Sessions;

/// <summary>Measures the outstanding images of a session, or of a shard's share of it, several at a time, and commits each as it is ready.</summary>
internal sealed class SessionImages(
    ExplainerService.ExplainerServiceClient explainer,
    SessionStore store,
    SessionJournal journal,
    ImageSources sources,
    ModelFacts facts,
    ExplainerPatience patience,
    SessionTelemetry telemetry,
    IOptions<BenchmarkOptions> options,
    IOptions<ShardOptions> shard,
    TimeProvider clock)
{
    /// <exception cref="ExplainerLostException">The explainer has been waited for long enough.</exception>
    /// <exception cref="LeaseLostException">Another evaluator has taken over.</exception>
    /// <exception cref="RpcException">The model is not that of the session any more.</exception>
    internal async Task MeasureAllAsync(SessionLease lease, BenchmarkSettings settings, CancellationToken cancellation)
    {
        var outstanding = (await store.ReadOutstandingAsync(lease.Id, cancellation)).FindAll(image => shard.Value.Has(image.Position));
        if (outstanding.Count > 0)
        {
            await patience.RunAsync(token => RequireUnchangedAsync(settings, token), cancellation);
        }

        var measurement = new ImageMeasurement(explainer, settings, options.Value.ImageTimeout, clock);
        var pace = new Pace(outstanding.Count, clock);
        var processor = new ProcessorClock();
        var inFlight = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ImagesInFlight, CancellationToken = cancellation };
        await Parallel.ForEachAsync(outstanding, inFlight, async (image, token) =>
        {
            using var span = telemetry.Image(lease, image);
            try
            {
                var outcome = await patience.RunAsync(attempt => MeasureAsync(measurement, settings.Source, image, attempt), token);
                await journal.MeasuredAsync(lease, image, outcome with { Processor = processor.Take() }, pace.Next(), token);
                telemetry.Measured(outcome);
            }
            catch (RpcException fault)
            {
                await journal.FailedAsync(lease, image, SessionRun.ErrorOf(fault), pace.Next(), token);
                telemetry.Failed(fault);
            }
        });
    }

    private async Task<bool> RequireUnchangedAsync(BenchmarkSettings settings, CancellationToken cancellation)
    {
        await facts.RequireUnchangedAsync(settings, cancellation);
        return true;
    }

    /// <summary>Reads the image anew at each attempt: nothing of it is held while the explainer is waited for.</summary>
    private async Task<ImageOutcome> MeasureAsync(
        ImageMeasurement measurement, BenchmarkSource source, ImageRow row, CancellationToken cancellation)
    {
        var image = await sources.ReadAsync(source, row, measurement.NeedsMasks, cancellation);
        return await measurement.MeasureAsync(image, row.Position, cancellation);
    }
}
