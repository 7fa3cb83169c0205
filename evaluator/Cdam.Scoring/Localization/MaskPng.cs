using System.Buffers.Binary;
using Cdam.Scoring.Perturbations;
using OpenCvSharp;

namespace Cdam.Scoring.Localization;

/// <summary>Masks as PNG files: black is beside the object, everything else on it.</summary>
public static class MaskPng
{
    private const int HeaderBytes = 26; // signature, length and type of the first chunk, width, height, depth, colour type
    private const int LargestSide = 65_535;

    private static ReadOnlySpan<byte> Start => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];

    /// <summary>Reads a file; one that would be too large is refused by its header.</summary>
    /// <param name="file">8 bits a channel, grey or RGB.</param>
    /// <param name="mostPixels">Most width × height.</param>
    /// <exception cref="InvalidDataException">What was found, and the rule that it breaks.</exception>
    /// <exception cref="NativeLibraryMissingException">OpenCV's native library cannot be loaded.</exception>
    public static BinaryMask Read(ReadOnlySpan<byte> file, long mostPixels)
    {
        var (width, height) = ReadSize(file, mostPixels);
        try
        {
            using var grey = Cv2.ImDecode(file, ImreadModes.Grayscale);
            if (grey.Width != width || grey.Height != height)
            {
                throw new InvalidDataException("the PNG file is broken or ends too early.");
            }

            using var inside = new Mat();
            Cv2.Threshold(grey, inside, 0, 1, ThresholdTypes.Binary);
            inside.GetArray(out byte[] bytes);
            return new BinaryMask(width, height, bytes);
        }
        catch (OpenCVException fault)
        {
            throw new InvalidDataException($"the PNG file cannot be decoded: {fault.ErrMsg}");
        }
        catch (Exception fault) when (fault is TypeInitializationException or DllNotFoundException)
        {
            throw new NativeLibraryMissingException(fault);
        }
    }

    private static (int Width, int Height) ReadSize(ReadOnlySpan<byte> file, long mostPixels)
    {
        if (file.Length < HeaderBytes || !file.StartsWith(Start))
        {
            throw new InvalidDataException($"{file.Length} bytes that do not begin as a PNG file does.");
        }

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]));
        var (depth, colour) = (file[24], file[25]);
        if (depth != 8 || colour is not (0 or 2))
        {
            throw new InvalidDataException($"a PNG of bit depth {depth} and colour type {colour}; 8 bits of grey (type 0) or RGB (type 2) are required.");
        }

        return width is > 0 and <= LargestSide && height is > 0 and <= LargestSide && (long)width * height <= mostPixels
            ? ((int)width, (int)height)
            : throw new InvalidDataException($"a PNG of {width} × {height} pixels; sides of 1 to {LargestSide} and at most {mostPixels} pixels are permitted.");
    }
}
