namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>
/// How malignancy follows from what can be seen, after the features that radiologists go by (Ost and Gould, "Decision making in patients
/// with pulmonary nodules", Am J Respir Crit Care Med 2012; the Brock model, McWilliams et al., N Engl J Med 2013): size, spiculation,
/// lobulation, a poorly defined margin and a solid part in ground glass raise it; calcium in a benign pattern rules it out, nearly.
/// </summary>
internal static class MalignancyModel
{
    // Half of the nodules that TraitSampler makes lie above 3 with this.
    private const double Middle = 1.4;
    private const double UnexplainedDeviation = 0.4;

    /// <summary>1 to 5.</summary>
    public static double Rating(NoduleTraits traits)
    {
        var score = Evidence(traits) - Middle + UnexplainedDeviation * traits.Unexplained;
        return 3 + 2 * score / Math.Sqrt(1 + score * score);
    }

    private static double Evidence(NoduleTraits traits)
    {
        var size = Math.Clamp((traits.Diameter - 3) / 8, 0, 2.2);
        var partSolid = Math.Max(0, 1 - Math.Abs(traits.Texture - 3) / 1.5);
        return size + 1.8 * Share(traits.Spiculation) + 0.8 * Share(traits.Lobulation) + 0.7 * (1 - Share(traits.Margin)) + 0.7 * partSolid
            - Benign(traits.Calcification);
    }

    private static double Share(double rating) => (rating - 1) / 4;

    private static double Benign(Calcification pattern) => pattern switch
    {
        Calcification.Absent => 0,
        Calcification.NonCentral => 0.4,
        _ => 2.6,
    };
}
