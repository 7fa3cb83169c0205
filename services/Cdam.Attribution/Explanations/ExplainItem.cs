using Cdam.Attribution.Methods;

namespace Cdam.Attribution.Explanations;

/// <summary>One thing to explain, seen in one picture or in several views: targets and methods share one forward pass.</summary>
public sealed record ExplainItem
{
    /// <summary>1 to 16 inputs of one size; several are views of the same thing, over which logits and latents are averaged.</summary>
    public required IReadOnlyList<ModelInput> Views { get; init; }

    /// <summary>What to explain, at most 64 targets; none where <see cref="NeedsTarget"/> is false.</summary>
    public required IReadOnlyList<Target> Targets { get; init; }

    /// <summary>How, 0 to 16 methods; none where only tensors are asked for.</summary>
    public required IReadOnlyList<MethodRequest> Methods { get; init; }

    /// <summary>Whether maps are split into heads where the method allows it.</summary>
    public bool IncludeHeads { get; init; }

    /// <summary>Whether T, the tokens fed to the final attention, is returned.</summary>
    public bool IncludeTokens { get; init; }

    /// <summary>Whether ∂f/∂T is returned for each resolved target.</summary>
    public bool IncludeTokenGradients { get; init; }

    /// <summary>Whether the [CLS] attention of every head is returned.</summary>
    public bool IncludeAttention { get; init; }

    /// <summary>Whether a map or a gradient that depends on the target is asked for. The methods must be known ones.</summary>
    public bool NeedsTarget => IncludeTokenGradients || Methods.Any(method => MethodCatalog.Describe(method.Name).ClassDiscriminative);
}
