namespace Cdam.Evaluator.Explaining;

/// <summary>What an explainer said about one image and one target.</summary>
/// <param name="Picture">The picture as it was prepared for the model.</param>
/// <param name="Shown">What it shows of the original; null where the explainer does not say.</param>
/// <param name="Target">What the maps explain.</param>
/// <param name="Maps">One for each method, in the order in which they came.</param>
/// <param name="TokenGradients">What maps can be checked against.</param>
internal sealed record Explanation(
    RgbPicture Picture, ShownPart? Shown, TargetLogit Target, IReadOnlyList<ScoreMap> Maps, TokenGradients TokenGradients);
