namespace Cdam.Attribution.Preprocessing;

/// <summary>A picture as a model takes it, and where it lies in the original.</summary>
/// <param name="Picture">Sides are whole patches.</param>
/// <param name="SourceRegion">What the picture shows of the upright original: lay the map over this rectangle.</param>
/// <param name="OriginalWidth">Of the upright original, pixels.</param>
/// <param name="OriginalHeight">Of the upright original, pixels.</param>
public sealed record PreparedImage(PixelImage Picture, SourceRegion SourceRegion, int OriginalWidth, int OriginalHeight);
