namespace Cdam.Cli.Sanity;

/// <summary>How alike a method's maps are to the original ones, over images.</summary>
/// <param name="Series">One of <see cref="SanitySeries"/>.</param>
/// <param name="Stage">What was re-drawn last; in <see cref="SanitySeries.RandomLabels"/> the other model's id.</param>
/// <param name="Method">The method.</param>
internal sealed record SanityRow(string Series, string Stage, string Method, SanityMeasure Spearman, SanityMeasure SpearmanAbsolute, SanityMeasure Ssim)
{
    public static SanityRow Of(string series, string stage, string method, IReadOnlyList<MapLikeness> images) => new(
        series, stage, method,
        SanityMeasure.Of(images.Select(image => image.Spearman)),
        SanityMeasure.Of(images.Select(image => image.SpearmanAbsolute)),
        SanityMeasure.Of(images.Select(image => image.Ssim)));
}
