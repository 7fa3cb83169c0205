using Cdam.Scoring.Maps;
using Cdam.Scoring.Metrics;

namespace Cdam.Scoring.Collecting;

/// <summary>The metrics that need no forward pass.</summary>
public static class MapMetrics
{
    /// <summary>Compactness of both kinds, over pixels.</summary>
    public static IReadOnlyList<MetricValue> Of(PixelMap map) =>
    [
        new(Compactness.Definition, Compactness.Of(map.Scores.Span)),
        new(AbsoluteCompactness.Definition, AbsoluteCompactness.Of(map.Scores.Span)),
    ];

    /// <summary>Where the map lies, given where the object is: mass inside, pointing game, area under the ROC curve.</summary>
    /// <param name="map">The map.</param>
    /// <param name="mask">Height × width bytes, row-major, not 0 where the object is.</param>
    /// <exception cref="ArgumentException">The mask has another size.</exception>
    public static IReadOnlyList<MetricValue> Of(PixelMap map, ReadOnlySpan<byte> mask)
    {
        var scores = map.Scores.Span;
        if (mask.Length != scores.Length)
        {
            throw new ArgumentException($"mask has {mask.Length} bytes; {map.Height} × {map.Width} are needed.", nameof(mask));
        }

        var coverage = new float[mask.Length];
        for (var pixel = 0; pixel < mask.Length; pixel++)
        {
            coverage[pixel] = mask[pixel] == 0 ? 0 : 1;
        }

        return
        [
            new(PositiveMassInside.Definition, PositiveMassInside.Of(scores, coverage)),
            new(PointingGame.Definition, PointingGame.Of(scores, coverage)),
            new(RocArea.Definition, RocArea.Of(scores, coverage)),
        ];
    }
}
