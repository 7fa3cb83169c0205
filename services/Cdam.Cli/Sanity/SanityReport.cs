using Cdam.Attribution.Randomisation;
using Cdam.Scoring.Metrics;

namespace Cdam.Cli.Sanity;

/// <summary>What came of it: everything that is needed to repeat and to judge it.</summary>
internal sealed record SanityReport
{
    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of its checkpoints.</summary>
    public required IReadOnlyList<string> Checkpoints { get; init; }

    /// <summary>Whether its weights are random to begin with, so that the check says nothing.</summary>
    public required bool RandomWeights { get; init; }

    /// <summary>Of the re-drawn weights.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How weights are drawn.</summary>
    public string Initialisation { get; } = RedrawnWeights.Description;

    /// <summary>SSIM's window.</summary>
    public string SsimWindow { get; } = StructuralSimilarity.Window;

    /// <summary>Metrics and their definition versions.</summary>
    public IReadOnlyDictionary<string, string> Definitions { get; } = new Dictionary<string, string>
    {
        [SpearmanCorrelation.Definition.Name] = SpearmanCorrelation.Definition.Version,
        [StructuralSimilarity.Definition.Name] = StructuralSimilarity.Definition.Version,
    };

    /// <summary>From the output to the input.</summary>
    public required IReadOnlyList<string> Stages { get; init; }

    /// <summary>In the order of the tables.</summary>
    public required IReadOnlyList<SanityMethod> Methods { get; init; }

    /// <summary>In the order of their names.</summary>
    public required IReadOnlyList<SanityExplained> Images { get; init; }

    /// <summary>The figures.</summary>
    public required IReadOnlyList<SanityRow> Rows { get; init; }
}
