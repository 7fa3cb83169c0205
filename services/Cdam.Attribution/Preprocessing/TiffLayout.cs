using BitMiracle.LibTiff.Classic;

namespace Cdam.Attribution.Preprocessing;

/// <summary>
/// What a TIFF's first directory says about its pixels, checked against what is supported and against the file's length: the library takes
/// memory by these numbers.
/// </summary>
internal sealed class TiffLayout
{
    private TiffLayout(Tiff tiff)
    {
        Width = Number(tiff, TiffTag.IMAGEWIDTH);
        Height = Number(tiff, TiffTag.IMAGELENGTH);
        Bits = Number(tiff, TiffTag.BITSPERSAMPLE);
        Samples = Number(tiff, TiffTag.SAMPLESPERPIXEL);
        Photometric = (Photometric)Number(tiff, TiffTag.PHOTOMETRIC);
        Compression = (Compression)Number(tiff, TiffTag.COMPRESSION);
        Separate = Number(tiff, TiffTag.PLANARCONFIG) == (int)PlanarConfig.SEPARATE && Samples > 1;
        Orientation = Number(tiff, TiffTag.ORIENTATION);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Bits a sample: 1, 2, 4, 8 or 16.</summary>
    public int Bits { get; }

    /// <summary>Samples a pixel, with extra ones such as alpha.</summary>
    public int Samples { get; }

    public Photometric Photometric { get; }

    /// <summary>Each sample has its own strips or tiles.</summary>
    public bool Separate { get; }

    public int Orientation { get; }

    /// <summary>Samples that make the colour.</summary>
    public int Colours => Photometric switch
    {
        Photometric.RGB or Photometric.YCBCR => 3,
        Photometric.SEPARATED => 4,
        _ => 1,
    };

    /// <summary>The colours were multiplied by the alpha that follows them.</summary>
    public bool Premultiplied { get; private init; }

    /// <summary>Samples of a pixel that its RGB is made of: the colours, and the alpha if they were multiplied by it.</summary>
    public int Kept => Colours + (Premultiplied ? 1 : 0);

    private Compression Compression { get; }

    /// <exception cref="ImageException">Over a limit, unsupported, or at odds with the file's length.</exception>
    public static TiffLayout Read(Tiff tiff, long fileLength, ImageLimits limits)
    {
        var extra = tiff.GetFieldDefaulted(TiffTag.EXTRASAMPLES);
        var first = extra?[0].ToInt() > 0 ? (ExtraSample)extra[1].ToByteArray()[0] : ExtraSample.UNSPECIFIED;
        var layout = new TiffLayout(tiff) { Premultiplied = first == ExtraSample.ASSOCALPHA };

        ImageDecoder.CheckSize(layout.Width, layout.Height, limits);
        layout.CheckSamples(tiff);
        CheckParts(tiff, fileLength);
        return layout;
    }

    private static int Number(Tiff tiff, TiffTag tag) => tiff.GetFieldDefaulted(tag)?[0].ToInt() ?? 0;

    private void CheckSamples(Tiff tiff)
    {
        var supported = Photometric switch
        {
            Photometric.MINISBLACK or Photometric.MINISWHITE => Bits is 1 or 2 or 4 or 8 or 16,
            Photometric.PALETTE => Bits is 1 or 2 or 4 or 8,
            Photometric.RGB => Bits is 8 or 16,
            Photometric.SEPARATED => Bits is 8 && Number(tiff, TiffTag.INKSET) == (int)InkSet.CMYK,
            Photometric.YCBCR => Bits is 8 && Compression == Compression.JPEG && !Separate,
            _ => false,
        };
        var format = (SampleFormat)Number(tiff, TiffTag.SAMPLEFORMAT);
        if (!supported || format is not (SampleFormat.UINT or SampleFormat.VOID) || Samples < Kept
            || Compression == Compression.OJPEG)
        {
            throw new ImageException(
                $"The TIFF's kind is not supported: {Photometric}, {Samples} × {Bits} bits a pixel of format {format}, {Compression}.");
        }
    }

    // The library fills missing parts up with zeros, and would leave their pixels black or those of the part before.
    private static void CheckParts(Tiff tiff, long fileLength)
    {
        var tiled = tiff.IsTiled();
        var offsets = Numbers(tiff, tiled ? TiffTag.TILEOFFSETS : TiffTag.STRIPOFFSETS);
        var sizes = Numbers(tiff, tiled ? TiffTag.TILEBYTECOUNTS : TiffTag.STRIPBYTECOUNTS);
        var parts = tiled ? tiff.NumberOfTiles() : tiff.NumberOfStrips();
        if (offsets.Length < parts || sizes.Length < parts)
        {
            throw new ImageException($"The TIFF needs {parts} strips or tiles; it places {Math.Min(offsets.Length, sizes.Length)}.");
        }

        for (var i = 0; i < parts; i++)
        {
            if (offsets[i] <= 0 || sizes[i] <= 0 || sizes[i] > fileLength - offsets[i])
            {
                throw new ImageException(
                    $"The TIFF places part {i} of {parts}, {sizes[i]} bytes, at byte {offsets[i]}; "
                    + $"that is not within its {fileLength} bytes.");
            }
        }
    }

    private static long[] Numbers(Tiff tiff, TiffTag tag) => tiff.GetField(tag)?[0].Value as long[] ?? [];
}
