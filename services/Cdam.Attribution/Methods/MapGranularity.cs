namespace Cdam.Attribution.Methods;

/// <summary>What one score belongs to.</summary>
public enum MapGranularity
{
    /// <summary>A patch.</summary>
    Token,

    /// <summary>A pixel of the prepared picture.</summary>
    Pixel,
}
