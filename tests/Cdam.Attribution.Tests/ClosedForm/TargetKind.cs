namespace Cdam.Attribution.Tests.ClosedForm;

/// <summary>What a <see cref="TargetSet"/> explains.</summary>
public enum TargetKind
{
    Linear,
    Mlp,
    DotProduct,
    Cosine,
    NegativeL2,

    /// <summary>Outputs of an MLP head and concepts of all similarities.</summary>
    Mixed,
}
