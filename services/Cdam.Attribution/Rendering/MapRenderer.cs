using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Rendering;

/// <summary>
/// Draws raw scores as a heat map or over a picture. Each map is scaled on its own, by its largest magnitude, never by another map's. The
/// same scores give the same bytes; inputs are not altered; safe to call from several threads.
/// </summary>
public sealed class MapRenderer
{
    private readonly MapStyle _style;

    /// <exception cref="ArgumentException">The opacity is not within 0–1, or the upsampling is unknown.</exception>
    public MapRenderer(MapStyle style)
    {
        ArgumentNullException.ThrowIfNull(style);
        if (!(style.Opacity is >= 0 and <= 1))
        {
            throw new ArgumentException($"MapStyle.Opacity ({style.Opacity}) must be 0 to 1.", nameof(style));
        }

        if (!Enum.IsDefined(style.Upsampling))
        {
            throw new ArgumentException($"MapStyle.Upsampling ({style.Upsampling}) must be Repeat or Bilinear.", nameof(style));
        }

        _style = style;
    }

    /// <summary>Draws a map on black: zero is black, the largest magnitude has the full colour, linear between.</summary>
    /// <param name="scores">rows × columns finite scores, row-major; tokens or pixels.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="width">Columns of the result in pixels, at least 1.</param>
    /// <param name="height">Rows of the result in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">The scores are not rows × columns, or one is NaN or infinite.</exception>
    public PixelImage HeatMap(ReadOnlySpan<float> scores, int rows, int columns, int width, int height)
    {
        var map = new UpsampledMap(Scale(scores, rows, columns), rows, columns, width, height, _style.Upsampling);
        var rgb = new byte[width * height * 3];
        for (int y = 0, i = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, i += 3)
            {
                (rgb[i], rgb[i + 1], rgb[i + 2]) = DivergingColors.OnBlack(map[y, x]);
            }
        }

        return new PixelImage(width, height, rgb);
    }

    /// <summary>Draws a map over the picture it explains; the stronger a score, the more of its colour covers the picture.</summary>
    /// <param name="scores">rows × columns finite scores, row-major; tokens or pixels.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="picture">The prepared picture, which gives the result its size. It is greyed and darkened, so that scores stand
    /// out.</param>
    /// <exception cref="ArgumentException">The scores are not rows × columns, or one is NaN or infinite.</exception>
    public PixelImage Overlay(ReadOnlySpan<float> scores, int rows, int columns, PixelImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var map = new UpsampledMap(Scale(scores, rows, columns), rows, columns, picture.Width, picture.Height, _style.Upsampling);
        var rgb = new byte[picture.Rgb.Length];
        for (int y = 0, i = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++, i += 3)
            {
                var under = Subdue(picture.Rgb.AsSpan(i, 3));
                (rgb[i], rgb[i + 1], rgb[i + 2]) = DivergingColors.Over(map[y, x], _style.Opacity, under);
            }
        }

        return new PixelImage(picture.Width, picture.Height, rgb);
    }

    private double[] Scale(ReadOnlySpan<float> scores, int rows, int columns)
    {
        if (rows < 1 || columns < 1 || scores.Length != (long)rows * columns)
        {
            throw new ArgumentException($"{scores.Length} scores given for a map of {rows} × {columns}.", nameof(scores));
        }

        var scale = new ScoreScale(scores, _style.Clip);
        var values = new double[scores.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = scale.Relative(scores[i]);
        }

        return values;
    }

    /// <summary>
    /// Keeps a quarter of the colour: enough to know the picture again, too little to look like a score; and darkens, for on a bright sky
    /// weak scores would not show.
    /// </summary>
    private static (byte Red, byte Green, byte Blue) Subdue(ReadOnlySpan<byte> pixel)
    {
        const double Colour = 0.25;
        const double Brightness = 0.75;
        var grey = (1 - Colour) * (0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]);
        return (Mix(pixel[0]), Mix(pixel[1]), Mix(pixel[2]));

        byte Mix(byte channel) => (byte)(Brightness * (grey + Colour * channel) + 0.5);
    }
}
