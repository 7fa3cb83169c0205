using Cdam.Cli.Benching;
using Cdam.Scoring.Metrics;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Cli.Tuning;

/// <summary>Asks an evaluator to tune, and follows it.</summary>
internal sealed class TuneRun(EvaluatorService.EvaluatorServiceClient evaluator, TuneArguments arguments)
{
    /// <param name="model">Resource name.</param>
    /// <param name="source">The images; where they have labels the first one is the target.</param>
    /// <param name="show">Told how far it is.</param>
    /// <param name="cancellation">Ends the work, the evaluator's, too.</param>
    /// <exception cref="RpcException">It was refused, or no image could be measured.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<TunedNoise> Tune(string model, BenchSource source, Action<BenchmarkProgress> show, CancellationToken cancellation)
    {
        var methods = arguments.Methods.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var settings = new BenchmarkSettings
        {
            Model = model,
            Source = source.Wire,
            Methods = { methods.Select(method => new MethodSpec { Name = method }) },
            LabelUse = source.LabelUse(MetricNeeds.Curves),
            Percents = { arguments.Percents },
            ImageLimit = arguments.Limit,
        };
        var failed = new List<TuningImage>();
        using var call = evaluator.TuneNoise(
            new TuneNoiseRequest { Settings = settings, NoiseLevels = { arguments.Levels } }, cancellationToken: cancellation);
        try
        {
            await foreach (var step in call.ResponseStream.ReadAllAsync(cancellation))
            {
                if (step.Result is { } result)
                {
                    return new TunedNoise(result, step.Progress, failed);
                }

                show(step.Progress);
                if (step.Image?.Error is not null)
                {
                    failed.Add(step.Image);
                }
            }
        }
        catch (RpcException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }

        throw new IOException("The evaluator ended the call without a result.");
    }
}
