using Cdam.Evaluator.Sources;
using Cdam.V1;

namespace Cdam.Evaluator.Tuning;

/// <summary>A tuning that was checked.</summary>
/// <param name="Settings">With defaults filled in, methods without a noise level.</param>
/// <param name="Levels">Ascending.</param>
/// <param name="Images">In the order of the source.</param>
internal sealed record NoiseTuning(BenchmarkSettings Settings, IReadOnlyList<float> Levels, IReadOnlyList<SourceImage> Images);
