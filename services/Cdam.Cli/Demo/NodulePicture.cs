using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Rendering;
using Cdam.Cli.Localization;
using Cdam.Training.Lidc;
using Cdam.V1;

namespace Cdam.Cli.Demo;

/// <summary>A nodule's slices, as the model sees them, as PNG files.</summary>
internal static class NodulePicture
{
    private const int Dimming = 3;

    public static byte[] Plain(PreparedView view)
    {
        var picture = view.Image.Picture;
        return PngEncoder.Encode(new PixelImage(picture.Width, picture.Height, picture.Rgb.ToByteArray()));
    }

    /// <summary>The slice, dark but for the nodule.</summary>
    /// <param name="view">The slice.</param>
    /// <param name="mask">32 × 32 × 32, z, y, x; 1 where the nodule is.</param>
    public static byte[] Masked(PreparedView view, byte[] mask)
    {
        var picture = view.Image.Picture;
        var rgb = picture.Rgb.ToByteArray();
        for (var i = 0; i < rgb.Length; i++)
        {
            var (row, column) = Math.DivRem(i / 3, picture.Width);
            var voxel = CropSlice.Voxel(view.View, row * NoduleDataset.Side / picture.Height, column * NoduleDataset.Side / picture.Width);
            rgb[i] = mask[voxel] == 1 ? rgb[i] : (byte)(rgb[i] / Dimming);
        }

        return PngEncoder.Encode(new PixelImage(picture.Width, picture.Height, rgb));
    }
}
