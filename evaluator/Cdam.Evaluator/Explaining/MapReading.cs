using Cdam.Scoring.Maps;
using Cdam.V1;

namespace Cdam.Evaluator.Explaining;

/// <summary>Reads pictures and maps, and refuses those whose sizes do not fit together.</summary>
internal static class MapReading
{
    internal static RgbPicture Picture(Picture? picture) =>
        picture is { Width: > 0, Height: > 0 } && picture.Rgb.Length == 3L * picture.Width * picture.Height
            ? new RgbPicture(picture.Width, picture.Height, picture.Rgb.ToByteArray())
            : throw ExplainerFault.BadAnswer(
                $"prepared_image is {picture?.Width} × {picture?.Height} pixels in {picture?.Rgb.Length} bytes; 3 bytes a pixel are needed.");

    /// <summary>Null where the explainer does not say, or says what cannot be.</summary>
    internal static ShownPart? Shown(PreparedImage prepared)
    {
        double[] edges = [prepared.SourceLeft, prepared.SourceTop, prepared.SourceWidth, prepared.SourceHeight];
        return edges.All(double.IsFinite) && prepared is { SourceWidth: > 0, SourceHeight: > 0, OriginalWidth: > 0, OriginalHeight: > 0 }
            ? new ShownPart(edges[0], edges[1], edges[2], edges[3], prepared.OriginalWidth, prepared.OriginalHeight)
            : null;
    }

    internal static ScoreMap Map(Map map, RgbPicture picture, TokenLayout layout)
    {
        var patch = map.Granularity == MapGranularity.Token ? layout.PatchSize : 1;
        if ((long)map.Rows * patch != picture.Height || (long)map.Columns * patch != picture.Width
            || map.Scores.Count != (long)map.Rows * map.Columns)
        {
            throw ExplainerFault.BadAnswer(
                $"the map '{map.Method}' has {map.Scores.Count} scores in {map.Rows} × {map.Columns} {map.Granularity}s of side {patch}; " +
                $"the picture is {picture.Height} × {picture.Width}.");
        }

        float[] scores = [.. map.Scores];
        if (Array.FindIndex(scores, score => !float.IsFinite(score)) is >= 0 and var position)
        {
            throw ExplainerFault.BadAnswer($"score {position} of the map '{map.Method}' is {scores[position]}.");
        }

        var expansion = map.Upsampling == MapUpsampling.Bilinear ? MapExpansion.Bilinear : MapExpansion.Repetition;
        return new ScoreMap(map.Method, scores, PixelMap.OfTokens(scores, map.Rows, map.Columns, patch, expansion))
        {
            IsOfTokens = map.Granularity == MapGranularity.Token,
            Overlay = map.OverlayPng.Memory,
        };
    }
}
