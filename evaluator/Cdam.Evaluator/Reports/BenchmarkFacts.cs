using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Reports;
using Cdam.V1;

namespace Cdam.Evaluator.Reports;

/// <summary>Reads how a benchmark was measured off what the wire carries.</summary>
public static class BenchmarkFacts
{
    /// <param name="name"><c>benchmarks/{id}</c>.</param>
    /// <param name="settings">As they were accepted.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="boxSides">As they came to be for the pictures; empty without boxes.</param>
    /// <param name="time">Since its start.</param>
    public static ReportFacts Of(string name, BenchmarkSettings settings, BenchmarkProgress progress, IReadOnlyList<double> boxSides, TimeSpan time) => new(
        name, settings.Model, progress.MeasuredCount, progress.FailedCount, [.. settings.Methods.Select(method => method.Name)], settings.Percents,
        boxSides.Count > 0 ? (boxSides, Each(settings.Boxes), settings.Boxes?.Seed ?? 0) : null,
        progress.ForwardPasses, progress.NaiveForwardPasses,
        progress.SentBytes > 0 ? (progress.SentBytes, progress.ReceivedBytes) : null, time, Processor(progress));

    private static int Each(BoxSampling? boxes) => boxes is { BoxesPerSide: > 0 } ? boxes.BoxesPerSide : BoxSampler.BoxesPerSide;

    /// <summary>A benchmark that an older evaluator measured says 0, which means that nobody looked.</summary>
    private static (TimeSpan, TimeSpan?)? Processor(BenchmarkProgress progress) => progress.EvaluatorCpuSeconds > 0
        ? (TimeSpan.FromSeconds(progress.EvaluatorCpuSeconds), progress.HasExplainerCpuSeconds ? TimeSpan.FromSeconds(progress.ExplainerCpuSeconds) : null)
        : null;
}
