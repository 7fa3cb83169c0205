using System.IO.Compression;

namespace Cdam.Gateway.Peeking;

/// <summary>Looks into compressed messages; what is forwarded stays compressed.</summary>
internal static class Decompression
{
    private const int PieceLength = 4096;

    internal static bool CanRead(string? encoding) => encoding is "gzip" or "deflate";

    /// <summary>Scans the message's beginning until the field was found. A message that is cut short is scanned as far as it goes.</summary>
    /// <param name="compressed">From its start.</param>
    /// <param name="encoding">One that <see cref="CanRead"/> accepts.</param>
    /// <param name="scan">Is fed.</param>
    /// <param name="limit">Decompressed bytes to look at: a kilobyte can unpack to a megabyte.</param>
    /// <returns>Whether the field, if it was not found, is absent, further away than the limit, or behind bytes that are not so compressed.</returns>
    internal static PeekOutcome Scan(ReadOnlySpan<byte> compressed, string encoding, FieldScan scan, int limit)
    {
        using var source = new MemoryStream(compressed.ToArray(), writable: false);
        using Stream plain = encoding == "gzip"
            ? new GZipStream(source, CompressionMode.Decompress)
            : new ZLibStream(source, CompressionMode.Decompress);
        Span<byte> piece = stackalloc byte[PieceLength];
        try
        {
            for (var left = limit; left > 0 && scan is { Found: null, IsMalformed: false };)
            {
                var count = plain.Read(piece[..Math.Min(PieceLength, left)]);
                if (count == 0)
                {
                    return PeekOutcome.Unnamed;
                }

                scan.Feed(piece[..count]);
                left -= count;
            }
        }
        catch (InvalidDataException)
        {
            return PeekOutcome.Malformed;
        }

        return PeekOutcome.TooFar;
    }
}
