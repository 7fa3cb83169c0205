namespace Cdam.Attribution.Preprocessing;

/// <summary>The eight orientations of EXIF and TIFF.</summary>
internal static class ExifOrientation
{
    /// <summary>Turns a stored picture upright.</summary>
    /// <param name="stored">Left as it is.</param>
    /// <param name="orientation">1–8; anything else counts as 1, upright, as in other viewers.</param>
    public static PixelImage Apply(PixelImage stored, int orientation)
    {
        int w = stored.Width, h = stored.Height;

        // The stored pixel of the upright picture's first one, and the steps in the stored picture to the right and down.
        var (first, right, down) = orientation switch
        {
            2 => (w - 1, -1, w),
            3 => (w * h - 1, -1, -w),
            4 => (w * (h - 1), 1, -w),
            5 => (0, w, 1),
            6 => (w * (h - 1), -w, 1),
            7 => (w * h - 1, -w, -1),
            8 => (w - 1, w, -1),
            _ => (0, 1, w),
        };
        if (first == 0 && right == 1)
        {
            return stored;
        }

        return orientation < 5 ? Gather(stored.Rgb, w, h, first, right, down) : Gather(stored.Rgb, h, w, first, right, down);
    }

    private static PixelImage Gather(byte[] stored, int width, int height, int first, int right, int down)
    {
        var upright = GC.AllocateUninitializedArray<byte>(stored.Length);
        var to = 0;
        for (var y = 0; y < height; y++)
        {
            var from = (first + y * down) * 3;
            for (var x = 0; x < width; x++, to += 3, from += right * 3)
            {
                upright[to] = stored[from];
                upright[to + 1] = stored[from + 1];
                upright[to + 2] = stored[from + 2];
            }
        }

        return new PixelImage(width, height, upright);
    }
}
