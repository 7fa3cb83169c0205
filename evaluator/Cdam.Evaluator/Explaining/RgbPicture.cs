namespace Cdam.Evaluator.Explaining;

/// <summary>The picture a model has looked at.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Rgb">Height × Width × 3 bytes, row-major.</param>
internal sealed record RgbPicture(int Width, int Height, byte[] Rgb)
{
    internal int PixelCount => Width * Height;
}
