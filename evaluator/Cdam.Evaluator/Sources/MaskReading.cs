using Cdam.Evaluator.Requests;
using Cdam.Scoring.Localization;
using Cdam.V1;

namespace Cdam.Evaluator.Sources;

/// <summary>Reads masks as the wire and folders have them.</summary>
internal static class MaskReading
{
    // As many as explainers take of a picture.
    private const long MostPixels = 64_000_000;

    /// <param name="mask">What was sent.</param>
    /// <param name="field">Its path in the request.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the field, the value and the rule.</exception>
    internal static BinaryMask Read(ObjectMask mask, string field) => mask.KindCase switch
    {
        ObjectMask.KindOneofCase.Png => Png(mask.Png.Span, $"{field}.png"),
        ObjectMask.KindOneofCase.Packed => Packed(mask.Packed, $"{field}.packed"),
        _ => throw RequestFault.Of(field, "is empty; `png` or `packed` is required."),
    };

    /// <inheritdoc cref="Read"/>
    internal static BinaryMask Png(ReadOnlySpan<byte> file, string field)
    {
        try
        {
            return MaskPng.Read(file, MostPixels);
        }
        catch (InvalidDataException fault)
        {
            throw RequestFault.Of(field, fault.Message);
        }
    }

    private static BinaryMask Packed(PackedMask mask, string field)
    {
        if ((long)mask.Width * mask.Height > MostPixels)
        {
            throw RequestFault.Of(field, $"{mask.Width} × {mask.Height} pixels; at most {MostPixels} are permitted.");
        }

        try
        {
            return BinaryMask.OfBits(mask.Width, mask.Height, mask.Bits.Span);
        }
        catch (InvalidDataException fault)
        {
            throw RequestFault.Of(field, fault.Message);
        }
    }
}
