namespace Cdam.Scenes.Painting;

/// <summary>A picture in linear floats, 0 black to 1 white, that painters work on.</summary>
internal sealed class Canvas(int side)
{
    public int Side => side;

    /// <summary>side × side × 3: R G B.</summary>
    public float[] Rgb { get; } = new float[side * side * 3];

    /// <summary>Puts a colour over a pixel.</summary>
    /// <param name="opacity">0 leaves the pixel, 1 replaces it.</param>
    public void Blend(int pixel, Colour colour, float opacity)
    {
        var rgb = Rgb.AsSpan(pixel * 3, 3);
        rgb[0] += opacity * (colour.Red - rgb[0]);
        rgb[1] += opacity * (colour.Green - rgb[1]);
        rgb[2] += opacity * (colour.Blue - rgb[2]);
    }

    /// <summary>The pixel's colour.</summary>
    public Colour this[int pixel] => new(Rgb[pixel * 3], Rgb[pixel * 3 + 1], Rgb[pixel * 3 + 2]);

    public byte[] ToBytes() => [.. Rgb.Select(value => (byte)Math.Clamp(MathF.Round(value * 255), 0, 255))];
}
