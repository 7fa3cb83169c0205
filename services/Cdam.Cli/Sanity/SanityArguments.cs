namespace Cdam.Cli.Sanity;

/// <summary>What a command line asks for.</summary>
/// <param name="Model">A model folder.</param>
/// <param name="Images">A folder of pictures or nodules, or <see cref="SanityImages.Scenes"/>.</param>
/// <param name="Methods">Names separated by commas, or <see cref="SanityMethods.All"/>.</param>
/// <param name="Target">As <c>cdam explain</c> takes it; null means the model's usual.</param>
/// <param name="Limit">How many images at most.</param>
/// <param name="Seed">Of the re-drawn weights.</param>
/// <param name="Independent">Whether each stage is also re-drawn alone.</param>
/// <param name="RandomLabels">A folder with a model of the same architecture trained on permuted labels; null for none.</param>
internal sealed record SanityArguments(
    string Model, string Images, string Methods, string? Target, int Limit, ulong Seed, bool Independent, string? RandomLabels);
