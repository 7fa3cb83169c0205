using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Rendering;
using Cdam.Explainer.Explaining;
using Google.Protobuf;

namespace Cdam.Explainer.Wire;

/// <summary>Writes maps, drawing them where that was asked for.</summary>
internal static class MapWriter
{
    /// <param name="map">Of that view.</param>
    /// <param name="explained">The answer.</param>
    /// <param name="index">The view's position.</param>
    /// <exception cref="InvalidOperationException">A score is not finite.</exception>
    public static V1.Map Write(AttributionMap map, Explained explained, int index)
    {
        var view = explained.Image.Views[index];
        if (Array.Exists(map.Scores, score => !float.IsFinite(score)))
        {
            throw new InvalidOperationException($"{map.Method.Name} of {explained.Plan.Model.Name} gave a score that is not finite");
        }

        var written = new V1.Map
        {
            Method = map.Method.Name,
            DefinitionVersion = map.Method.DefinitionVersion,
            Target = map.Target is { } target ? Write(explained.Explanation.Targets[target]) : null,
            Granularity = MethodWriter.Write(map.Method.Granularity),
            Rows = map.Rows,
            Columns = map.Columns,
            Scores = { map.Scores },
            HeadRelevance = map.Heads is { } heads
                ? TensorWriter.Write(heads, heads.Length / map.Scores.Length, map.Rows, map.Columns)
                : null,
            Parameters = map.Method.Parameters.Count == 0 ? null : Parameters(map, explained),
            View = ViewWriter.Write(view.View),
            Upsampling = MethodWriter.WriteUpsampling(map.Method),
        };
        if (map.CompletenessGap is { } gap)
        {
            written.CompletenessGap = gap;
        }

        if (view.View is not null && map.Target is { } position)
        {
            written.ViewValue = explained.Explanation.Views[index].Values[position];
        }

        Draw(map, explained.Plan.Maps, view, written);
        return written;
    }

    public static V1.ResolvedTarget Write(ResolvedTarget target)
    {
        var written = new V1.ResolvedTarget
        {
            TargetIndex = target.TargetIndex,
            DisplayName = target.Name,
            Value = target.Value,
            ConceptId = target.ConceptId ?? "",
        };
        if (target.OutputIndex is { } output)
        {
            written.OutputIndex = output;
        }

        return written;
    }

    private static void Draw(AttributionMap map, MapWishes wishes, ViewInput view, V1.Map written)
    {
        var renderer = new MapRenderer(wishes.Style with { Upsampling = map.Method.Upsampling });
        if (wishes.HeatMap)
        {
            var drawn = renderer.HeatMap(map.Scores, map.Rows, map.Columns, view.Input.Width, view.Input.Height);
            written.HeatMapPng = UnsafeByteOperations.UnsafeWrap(PngEncoder.Encode(drawn));
        }

        if (wishes.Overlay)
        {
            var drawn = renderer.Overlay(map.Scores, map.Rows, map.Columns, view.Prepared!.Picture);
            written.OverlayPng = UnsafeByteOperations.UnsafeWrap(PngEncoder.Encode(drawn));
        }
    }

    /// <summary>Noise that the client gave is told by its number of samples; the client has it, and it can weigh more than all maps.</summary>
    private static V1.MethodSpec Parameters(AttributionMap map, Explained explained)
    {
        var parameters = map.Parameters;
        var written = new V1.MethodSpec { Name = parameters.Name, TokenSpace = Write(parameters.Space) };
        var samples = parameters.Noise is { } noise
            ? noise.Length / map.Method.Granularity.NoiseShape(explained.Explanation.Grid, explained.Plan.Model.Engine.Backbone.Dim).Aggregate((a, b) => a * b)
            : parameters.SampleCount;
        if (samples is { } count)
        {
            written.SampleCount = count;
        }

        if (parameters.NoiseLevel is { } level)
        {
            written.NoiseLevel = level;
        }

        if (parameters.Seed is { } seed)
        {
            written.Seed = seed;
        }

        return written;
    }

    private static V1.TokenSpace Write(TokenSpace? space) => space switch
    {
        TokenSpace.BlockInput => V1.TokenSpace.BlockInput,
        TokenSpace.AttentionInput => V1.TokenSpace.AttentionInput,
        _ => V1.TokenSpace.Unspecified,
    };
}
