namespace Cdam.Scoring.Perturbations;

/// <summary>A rectangle of pixels.</summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct PixelBox(int Top, int Left, int Height, int Width);
