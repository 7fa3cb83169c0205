using Cdam.V1.Clients;

namespace Cdam.Cli.Benching;

/// <summary>What a command line asks of a benchmark.</summary>
/// <param name="Model">A model's id, or a folder where there is no server.</param>
/// <param name="Images">A folder, or one of <see cref="BenchScenes.Names"/>.</param>
/// <param name="Methods">Names separated by commas, or <c>all</c>.</param>
/// <param name="Metrics">Names separated by commas, or <c>all</c>.</param>
/// <param name="Output">Folder of the reports, and of the session where there is no server.</param>
/// <param name="Limit">Images at most.</param>
/// <param name="Percents">Percentages of pixels replaced.</param>
/// <param name="BoxSides">Sides of boxes in pixels; empty: the evaluator's choice.</param>
/// <param name="BoxesPerSide">Boxes of each side.</param>
/// <param name="Seed">Of boxes and confidence intervals.</param>
/// <param name="Server">A gateway; null hosts the services in this process.</param>
/// <param name="Models">The folder of models; null: the usual one.</param>
/// <param name="Resume">A benchmark to go on with; null starts one.</param>
/// <param name="Shard">The share that this process measures; null: the evaluator measures all of it.</param>
/// <param name="Json">Whether the tables are printed as JSON.</param>
/// <param name="Access">Of <paramref name="Server"/>.</param>
internal sealed record BenchArguments(
    string Model, string Images, string Methods, string Metrics, string Output, int Limit, IReadOnlyList<double> Percents,
    IReadOnlyList<int> BoxSides, int BoxesPerSide, ulong Seed, string? Server, string? Models, string? Resume, BenchShard? Shard, bool Json, ClientAccess Access);
