using Cdam.Attribution.ClosedForm;

namespace Cdam.Attribution.Methods;

/// <summary>
/// Class-discriminative attention map, S_i = Σ_j T_ij ∂f/∂T_ij with the residual path held (Eq. 2; Eq. 3 and 4 for concepts), in
/// closed form: see <see cref="TokenScores"/>. Costs less than the part of the final block that it makes unnecessary.
/// </summary>
internal sealed class CdamMethod : IAttributionMethod
{
    public MethodDescription Description { get; } = new()
    {
        Name = "cdam",
        DisplayName = "CDAM",
        Summary = "S_i = Σ_j T_ij ∂f/∂T_ij over the tokens fed to the final attention, the residual path held.",
        Reference = "Brocki, Binda, Chung 2023 (arXiv 2312.02364), Eq. 2-4",
        Cost = "No more than the forward pass alone: what [CLS] does not need of the final block is left out.",
        DefinitionVersion = "1",
        Signed = true,
        ClassDiscriminative = true,
    };

    public MethodRequest Defaults { get; } = new("cdam");

    public MapTensors Explain(ImageState image, MethodRequest parameters, bool heads)
    {
        if (heads)
        {
            var split = image.Patches(image.Scorer.For(image.Tokens, image.Attention, image.ClassToken).HeadScores()[0]);
            return new MapTensors(split.sum(1), split);
        }

        return new MapTensors(image.Patches(image.Scorer.Scores(image.Tokens, image.Attention, image.ClassToken)[0]));
    }
}
