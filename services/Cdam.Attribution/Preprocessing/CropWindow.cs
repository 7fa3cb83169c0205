namespace Cdam.Attribution.Preprocessing;

/// <summary>A window on a picture, in its pixels; what lies outside the picture is black.</summary>
internal readonly record struct CropWindow(int Left, int Top, int Width, int Height)
{
    /// <summary>The square at the centre, by torchvision's rounding.</summary>
    public static CropWindow Centre(PixelImage picture, int side) =>
        new(Offset(picture.Width, side), Offset(picture.Height, side), side, side);

    public PixelImage Cut(PixelImage picture)
    {
        if (this == new CropWindow(0, 0, picture.Width, picture.Height))
        {
            return picture;
        }

        var rgb = new byte[Width * Height * 3];
        int left = Math.Max(Left, 0), right = Math.Min(Left + Width, picture.Width);
        for (var y = Math.Max(Top, 0); y < Math.Min(Top + Height, picture.Height); y++)
        {
            picture.Rgb.AsSpan((y * picture.Width + left) * 3, (right - left) * 3)
                .CopyTo(rgb.AsSpan(((y - Top) * Width + left - Left) * 3));
        }

        return new PixelImage(Width, Height, rgb);
    }

    // torchvision pads (side − size) / 2 rounded down on the left, or cuts (size − side) / 2 rounded half to even.
    private static int Offset(int size, int side) =>
        size < side ? -((side - size) / 2) : (int)Math.Round((size - side) / 2.0, MidpointRounding.ToEven);
}
