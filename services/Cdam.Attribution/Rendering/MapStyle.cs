namespace Cdam.Attribution.Rendering;

/// <summary>How a map of scores is drawn.</summary>
public sealed record MapStyle
{
    /// <summary>Default: by repetition.</summary>
    public Upsampling Upsampling { get; init; }

    /// <summary>
    /// Clip the scores to the map's own 0.1 % and 99.9 % quantiles before scaling, so that single outliers do not darken the rest; default
    /// false. Quantile q of n sorted scores lies at position q·(n − 1), interpolated linearly between its two neighbours.
    /// </summary>
    public bool Clip { get; init; }

    /// <summary>Opacity of the strongest score on an overlay, 0–1; default 0.8.</summary>
    public double Opacity { get; init; } = 0.8;
}
