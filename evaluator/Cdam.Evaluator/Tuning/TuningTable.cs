using Cdam.Scoring.Statistics;
using Cdam.V1;

namespace Cdam.Evaluator.Tuning;

/// <summary>Gathers images as they are ready, and chooses each method's level. Not for several threads at once.</summary>
internal sealed class TuningTable(NoiseTuning tuning)
{
    // By their places: sums depend on the order, the order of arrival on chance.
    private readonly SortedDictionary<int, double[][]> _areas = [];
    private readonly BenchmarkProgress _progress = new() { ImageCount = tuning.Images.Count };

    internal TuneNoiseResponse Started() => new()
    {
        Progress = _progress.Clone(),
        Started = new TuningStarted { Settings = tuning.Settings, NoiseLevels = { tuning.Levels } },
    };

    /// <param name="step">Not twice for an image.</param>
    /// <param name="remaining">Time until the end.</param>
    internal TuneNoiseResponse Add(TuningStep step, TimeSpan remaining)
    {
        if (step.Outcome is { } outcome)
        {
            _areas.Add(step.Position, outcome.Areas);
            _progress.MeasuredCount++;
            _progress.ForwardPasses += outcome.ForwardPasses;
            _progress.NaiveForwardPasses += outcome.NaiveForwardPasses;
        }
        else
        {
            _progress.FailedCount++;
        }

        return new TuneNoiseResponse
        {
            Progress = new BenchmarkProgress(_progress) { RemainingSeconds = remaining.TotalSeconds },
            Image = new TuningImage { Name = tuning.Images[step.Position].Name, Error = step.Error },
        };
    }

    /// <summary>Null where no image was measured.</summary>
    internal TuneNoiseResponse? Result() => _areas.Count == 0 ? null : new()
    {
        Progress = _progress.Clone(),
        Result = new TuningResult { Methods = { tuning.Settings.Methods.Select((method, index) => Choose(method.Name, index)) } },
    };

    private TunedMethod Choose(string method, int index)
    {
        var points = tuning.Levels.Select((level, step) => Point(level, [.. _areas.Values.Select(areas => areas[step][index])])).ToList();
        return new TunedMethod { Method = method, NoiseLevel = points.MaxBy(point => point.Mean)!.NoiseLevel, Curve = { points } };
    }

    private static TuningPoint Point(float level, double[] areas)
    {
        var estimate = Bootstrap.Mean(areas, seed: 0);
        var point = new TuningPoint { NoiseLevel = level, Mean = estimate.Mean };
        if (double.IsFinite(estimate.Lower))
        {
            (point.Lower, point.Upper) = (estimate.Lower, estimate.Upper);
        }

        return point;
    }
}
