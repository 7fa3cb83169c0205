using Cdam.Attribution.Rendering;

namespace Cdam.Attribution.Methods;

/// <summary>Facts about a method.</summary>
public sealed record MethodDescription
{
    /// <summary>The name that requests use.</summary>
    public required string Name { get; init; }

    /// <summary>Other names that requests may use.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>For people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>One sentence, with the formula.</summary>
    public required string Summary { get; init; }

    /// <summary>The paper that defines it.</summary>
    public required string Reference { get; init; }

    /// <summary>Where it departs from that paper, or what it adds; empty where it does not.</summary>
    public string Departures { get; init; } = "";

    /// <summary>What it costs, in forward passes.</summary>
    public string Cost { get; init; } = "";

    /// <summary>Changes whenever the method's numbers change by more than rounding.</summary>
    public required string DefinitionVersion { get; init; }

    /// <summary>Whether scores can be negative.</summary>
    public required bool Signed { get; init; }

    /// <summary>Whether the map depends on the target.</summary>
    public required bool ClassDiscriminative { get; init; }

    /// <summary>Whether noise is drawn from a seed.</summary>
    public bool Seeded { get; init; }

    /// <summary>Patches or pixels.</summary>
    public MapGranularity Granularity { get; init; } = MapGranularity.Token;

    /// <summary>How a map of patches is brought to the picture's size where it is scored or drawn.</summary>
    public Upsampling Upsampling { get; init; }

    /// <summary>The parameters it has.</summary>
    public IReadOnlyList<MethodParameter> Parameters { get; init; } = [];
}
