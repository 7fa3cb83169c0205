using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SkiaSharp;

namespace Cdam.Attribution.Preprocessing;

/// <summary>Decodes what Skia reads: JPEG, PNG, WebP, BMP.</summary>
internal static class SkiaDecoder
{
    public static unsafe PixelImage Decode(ReadOnlyMemory<byte> data, ImageFormat format, ImageLimits limits)
    {
        CheckLength(data.Span, format);
        using var pin = data.Pin();
        using var source = SKData.Create((nint)pin.Pointer, data.Length);
        using var codec = SKCodec.Create(source)
            ?? throw new ImageException($"The {format} file's header is broken or of an unsupported kind.");

        var size = codec.Info;
        ImageDecoder.CheckSize(size.Width, size.Height, limits);

        // Unpremultiplied, because a transparent pixel keeps its colour only so; without a colour space, because Pillow converts none
        // either.
        var target = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, null);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(target))
        {
            throw new InsufficientMemoryException($"No memory for a picture of {size.Width} × {size.Height} pixels.");
        }

        var result = codec.GetPixels(target, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
        {
            throw new ImageException(Describe(result, format));
        }

        var picture = new PixelImage(size.Width, size.Height, DropAlpha(bitmap.GetPixelSpan()));
        return ExifOrientation.Apply(picture, (int)codec.EncodedOrigin);
    }

    /// <summary>Skia misses what a WebP file lacks behind its pixels: the EXIF chunk with the orientation.</summary>
    private static void CheckLength(ReadOnlySpan<byte> data, ImageFormat format)
    {
        const long RiffHeader = 8;
        if (format != ImageFormat.WebP)
        {
            return;
        }

        var claimed = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]) + RiffHeader;
        if (claimed > data.Length)
        {
            throw new ImageException($"The WebP file is cut short: it claims {claimed} bytes and has {data.Length}.");
        }
    }

    private static string Describe(SKCodecResult result, ImageFormat format) => result switch
    {
        SKCodecResult.IncompleteInput => $"The {format} file is cut short: its pixels end before the picture does.",
        SKCodecResult.ErrorInInput => $"The {format} file is damaged: its pixels cannot be decoded.",
        _ => $"The {format} file cannot be decoded ({result}).",
    };

    private static byte[] DropAlpha(ReadOnlySpan<byte> rgba)
    {
        var rgb = GC.AllocateUninitializedArray<byte>(rgba.Length / 4 * 3);
        var order = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);
        ref var from = ref MemoryMarshal.GetReference(rgba);
        ref var to = ref MemoryMarshal.GetArrayDataReference(rgb);
        var i = 0;

        // Four pixels at a time; each store writes 4 bytes too many, which the next one overwrites.
        for (; i * 3 + 16 <= rgb.Length; i += 4)
        {
            Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)i * 4), order).StoreUnsafe(ref to, (nuint)i * 3);
        }

        for (; i * 3 < rgb.Length; i++)
        {
            rgba.Slice(i * 4, 3).CopyTo(rgb.AsSpan(i * 3));
        }

        return rgb;
    }
}
