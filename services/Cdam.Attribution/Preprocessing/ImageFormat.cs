namespace Cdam.Attribution.Preprocessing;

/// <summary>Kinds of picture file, told apart by their first bytes; names and media types given by the sender are not believed.</summary>
internal enum ImageFormat
{
    Unknown,
    Jpeg,
    Png,
    WebP,
    Bmp,
    Tiff,
    Gif,
    Heif,
}

internal static class ImageSignature
{
    public static ImageFormat Read(ReadOnlySpan<byte> data) => data switch
    {
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ImageFormat.WebP,
        [(byte)'B', (byte)'M', ..] => ImageFormat.Bmp,
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => ImageFormat.Tiff,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => ImageFormat.Gif,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => ImageFormat.Heif,
        _ => ImageFormat.Unknown,
    };
}
