namespace Cdam.Cli.Sanity;

/// <summary>A measure as it is shown and written.</summary>
/// <param name="Name">In files.</param>
/// <param name="Title">For people.</param>
/// <param name="Of">Its place in a row.</param>
internal sealed record SanityView(string Name, string Title, Func<SanityRow, SanityMeasure> Of)
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<SanityView> All { get; } =
    [
        new("spearman", "Spearman, signed scores", row => row.Spearman),
        new("spearman_absolute", "Spearman, absolute scores", row => row.SpearmanAbsolute),
        new("ssim", "SSIM", row => row.Ssim),
    ];
}
