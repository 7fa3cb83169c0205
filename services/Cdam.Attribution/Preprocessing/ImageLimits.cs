namespace Cdam.Attribution.Preprocessing;

/// <summary>What a picture may weigh. A picture is refused by its header, before memory for its pixels is taken.</summary>
public sealed record ImageLimits
{
    /// <summary>Size of the encoded file in bytes; default 32 MiB.</summary>
    public long MaxBytes { get; init; } = 32L << 20;

    /// <summary>
    /// Width × height in pixels; default 64 million. While decoding, a pixel takes about 7 bytes. Never more than 512 Mi; no side may
    /// exceed 65 535.
    /// </summary>
    public long MaxPixels { get; init; } = 64_000_000;
}
