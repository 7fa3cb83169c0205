using Cdam.V1.Clients;

namespace Cdam.Cli.Tuning;

/// <summary>What a command line asks of a tuning.</summary>
/// <param name="Model">A model's id, or a folder where there is no server.</param>
/// <param name="Images">A folder, or generated scenes.</param>
/// <param name="Methods">Names separated by commas; empty: the evaluator's choice.</param>
/// <param name="Levels">Noise levels to compare; empty: the evaluator's choice.</param>
/// <param name="Percents">Percentages of pixels replaced; empty: the evaluator's choice.</param>
/// <param name="Output">Folder of the curve.</param>
/// <param name="Limit">Images at most.</param>
/// <param name="Seed">Of scenes.</param>
/// <param name="Server">A gateway; null hosts the services in this process.</param>
/// <param name="Models">The folder of models; null: the usual one.</param>
/// <param name="Json">Whether the result is printed as JSON.</param>
/// <param name="Access">What the gateway is shown.</param>
internal sealed record TuneArguments(
    string Model, string Images, string Methods, IReadOnlyList<float> Levels, IReadOnlyList<double> Percents, string Output, int Limit, ulong Seed,
    string? Server, string? Models, bool Json, ClientAccess Access);
