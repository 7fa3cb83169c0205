using Cdam.Attribution.Explanations;
using Cdam.Attribution.Rendering;
using Cdam.Explainer.Explaining;

namespace Cdam.Explainer.Wire;

/// <summary>Reads what is wanted beside the scores.</summary>
internal static class MapOptionsReader
{
    private const float UsualOpacity = 0.8f;

    /// <exception cref="AttributionException">The opacity is out of range, or a picture is wanted where the image is a tensor.</exception>
    public static MapWishes Read(V1.MapOptions? given, V1.Image image)
    {
        var options = given ?? new V1.MapOptions();
        if (!(options.OverlayOpacity is >= 0 and <= 1))
        {
            throw new AttributionException("map_options.overlay_opacity", $"is {options.OverlayOpacity}; must be above 0 and at most 1, or 0 for {UsualOpacity}");
        }

        RequirePicture(options.IncludeOverlay, "map_options.include_overlay", image);
        RequirePicture(options.IncludePreparedImage, "map_options.include_prepared_image", image);
        var opacity = options.OverlayOpacity == 0 ? UsualOpacity : options.OverlayOpacity;
        var style = new MapStyle { Clip = options.Clip, Opacity = opacity };
        return new MapWishes(options.IncludeHeads, options.IncludeHeatMap, options.IncludeOverlay, options.IncludePreparedImage, style);
    }

    private static void RequirePicture(bool wanted, string field, V1.Image image)
    {
        if (wanted && image.SourceCase == V1.Image.SourceOneofCase.Tensor)
        {
            throw new AttributionException(field, "is true, but image is a tensor; send a picture, or leave this out");
        }
    }
}
