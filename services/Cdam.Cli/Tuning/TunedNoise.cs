using Cdam.V1;

namespace Cdam.Cli.Tuning;

/// <summary>What came of a tuning.</summary>
/// <param name="Result">Curves and chosen levels.</param>
/// <param name="Progress">At the end.</param>
/// <param name="Failed">Images that were left out.</param>
internal sealed record TunedNoise(TuningResult Result, BenchmarkProgress Progress, IReadOnlyList<TuningImage> Failed);
