namespace Cdam.Attribution.Preprocessing;

/// <summary>
/// A rectangle of the upright original, in its pixels, the top left corner being (0, 0). It may reach beyond the original where the crop
/// was padded.
/// </summary>
/// <param name="Left">Distance from the original's left edge; negative if padded.</param>
/// <param name="Top">Distance from the original's top edge; negative if padded.</param>
/// <param name="Width">Above 0.</param>
/// <param name="Height">Above 0.</param>
public sealed record SourceRegion(double Left, double Top, double Width, double Height);
