namespace Cdam.Evaluator.Explaining;

/// <summary>The part of the upright original that a prepared picture shows, in the original's pixels.</summary>
/// <param name="Left">Negative where the picture was padded.</param>
/// <param name="Top">Likewise.</param>
/// <param name="Width">Above 0.</param>
/// <param name="Height">Above 0.</param>
/// <param name="OriginalWidth">Of all of the original, at least 1.</param>
/// <param name="OriginalHeight">Likewise.</param>
internal sealed record ShownPart(double Left, double Top, double Width, double Height, int OriginalWidth, int OriginalHeight);
