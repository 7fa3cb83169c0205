using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Sources;
using Cdam.Evaluator.Store;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Tuning;

/// <summary>Measures several images at a time, and tells of each as it is ready.</summary>
internal sealed class TuningRun(
    ExplainerService.ExplainerServiceClient explainer,
    ImageSources sources,
    ExplainerPatience patience,
    IOptions<BenchmarkOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider clock)
{
    /// <param name="tuning">What is compared.</param>
    /// <param name="cancellation">The client's; ends the calls to the explainer, as does leaving the enumeration.</param>
    /// <exception cref="RpcException">No image could be measured, the explainer stayed lost, or this evaluator stops.</exception>
    internal async IAsyncEnumerable<TuneNoiseResponse> RunAsync(NoiseTuning tuning, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        var table = new TuningTable(tuning);
        var pace = new Pace(tuning.Images.Count, clock);
        var steps = Channel.CreateUnbounded<TuningStep>();
        var work = MeasureAllAsync(tuning, steps.Writer, stop.Token);
        try
        {
            yield return table.Started();
            await foreach (var step in steps.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return table.Add(step, pace.Next());
            }
        }
        finally
        {
            await stop.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await EndAsync(work, cancellation);
        yield return table.Result()
            ?? throw WireStatus.FailedPrecondition("source", $"None of {tuning.Images.Count} images could be measured.", "NO_IMAGE_MEASURED").ToRpcException();
    }

    private static async Task EndAsync(Task work, CancellationToken client)
    {
        try
        {
            await work;
        }
        catch (ExplainerLostException fault)
        {
            throw fault.Last;
        }
        catch (OperationCanceledException) when (!client.IsCancellationRequested)
        {
            throw WireStatus.Unavailable("This evaluator stops; tune again.", TimeSpan.FromSeconds(1), "EVALUATOR_STOPPING").ToRpcException();
        }
    }

    private async Task MeasureAllAsync(NoiseTuning tuning, ChannelWriter<TuningStep> steps, CancellationToken cancellation)
    {
        var measurement = new LevelMeasurement(explainer, tuning, options.Value.ImageTimeout, clock);
        var inFlight = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ImagesInFlight, CancellationToken = cancellation };
        try
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, tuning.Images.Count), inFlight, async (position, token) =>
            {
                try
                {
                    var outcome = await patience.RunAsync(attempt => MeasureAsync(measurement, tuning, position, attempt), token);
                    await steps.WriteAsync(new TuningStep(position, outcome, null), token);
                }
                catch (RpcException fault)
                {
                    await steps.WriteAsync(new TuningStep(position, null, SessionRun.ErrorOf(fault)), token);
                }
            });
        }
        finally
        {
            steps.Complete();
        }
    }

    private async Task<LevelOutcome> MeasureAsync(LevelMeasurement measurement, NoiseTuning tuning, int position, CancellationToken cancellation)
    {
        var image = tuning.Images[position];
        var row = new ImageRow { BenchmarkId = "", Position = position, Name = image.Name, Labels = SessionJson.Write(image.Labels) };
        return await measurement.MeasureAsync(await sources.ReadAsync(tuning.Settings.Source, row, withMask: false, cancellation), cancellation);
    }
}
