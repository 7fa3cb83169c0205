namespace Cdam.Scoring.Perturbations;

/// <summary>Refuses pictures whose sizes do not fit.</summary>
internal static class RgbBytes
{
    internal static void Check(ReadOnlySpan<byte> rgb, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (rgb.Length != 3L * width * height)
        {
            throw new ArgumentException($"{rgb.Length} bytes; {height} × {width} × 3 are needed.", nameof(rgb));
        }
    }
}
