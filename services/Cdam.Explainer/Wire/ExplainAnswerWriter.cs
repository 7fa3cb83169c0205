using Cdam.Attribution.Explanations;
using Cdam.Attribution.Preprocessing;
using Cdam.Explainer.Explaining;
using Google.Protobuf;

namespace Cdam.Explainer.Wire;

/// <summary>Writes answers, as one message or as a stream's events.</summary>
internal static class ExplainAnswerWriter
{
    /// <summary>All in one.</summary>
    public static V1.ExplainResponse Write(Explained explained, CancellationToken cancellation)
    {
        var response = Result(explained);
        foreach (var map in explained.Explanation.Maps)
        {
            cancellation.ThrowIfCancellationRequested();
            response.Maps.Add(MapWriter.Write(map, explained));
        }

        return response;
    }

    /// <summary>Chunks of the tensors asked for, then maps; one at a time, so that drawing keeps pace with the reader.</summary>
    public static IEnumerable<V1.ExplainStreamResponse> Events(Explained explained, string id)
    {
        foreach (var chunk in Chunks(explained))
        {
            yield return new V1.ExplainStreamResponse { Id = id, Chunk = chunk };
        }

        foreach (var map in explained.Explanation.Maps)
        {
            yield return new V1.ExplainStreamResponse { Id = id, Map = MapWriter.Write(map, explained) };
        }
    }

    /// <summary>Everything but the maps.</summary>
    public static V1.ExplainResponse Result(Explained explained) => new()
    {
        RequestId = explained.Plan.RequestId,
        Model = explained.Plan.Model.Name,
        Logits = { explained.Explanation.Logits },
        PreparedImage = explained.Plan.Maps.PreparedImage ? Write(explained.Image.Prepared!) : null,
        Timings = new V1.Timings
        {
            QueueMs = explained.Timing.Queued.TotalMilliseconds,
            PreprocessMs = explained.Preprocessing.TotalMilliseconds,
            ComputeMs = explained.Timing.Computed.TotalMilliseconds,
            BatchSize = explained.Timing.Size,
        },
        TokenLayout = Write(explained.Explanation.Grid),
    };

    private static IEnumerable<V1.TokenTensorChunk> Chunks(Explained explained)
    {
        var (explanation, backbone) = (explained.Explanation, explained.Plan.Model.Engine.Backbone);
        long[] tokens = [explanation.Grid.Tokens, backbone.Dim];
        var chunks = Chunks(V1.TokenTensorKind.Tokens, null, explanation.Tokens, tokens);
        foreach (var (gradient, index) in (explanation.TokenGradients ?? []).Select((gradient, index) => (gradient, index)))
        {
            chunks = chunks.Concat(Chunks(V1.TokenTensorKind.TokenGradients, explanation.Targets[index], gradient, tokens));
        }

        return chunks.Concat(Chunks(V1.TokenTensorKind.Attention, null, explanation.Attention, [backbone.Heads, explanation.Grid.Tokens]));
    }

    private static IEnumerable<V1.TokenTensorChunk> Chunks(V1.TokenTensorKind kind, ResolvedTarget? target, float[]? values, long[] shape) =>
        values is null
            ? []
            : TensorWriter.WriteChunks(values, shape).Select(chunk => new V1.TokenTensorChunk
            {
                Kind = kind,
                Target = target is null ? null : MapWriter.Write(target),
                Chunk = chunk,
            });

    private static V1.TokenLayout Write(TokenGrid grid) =>
        new() { Rows = grid.Rows, Columns = grid.Columns, PatchSize = grid.Patch, PrefixTokenCount = grid.Prefix };

    private static V1.PreparedImage Write(PreparedImage prepared) => new()
    {
        Picture = new V1.Picture
        {
            Width = prepared.Picture.Width,
            Height = prepared.Picture.Height,
            Rgb = UnsafeByteOperations.UnsafeWrap(prepared.Picture.Rgb),
        },
        SourceLeft = prepared.SourceRegion.Left,
        SourceTop = prepared.SourceRegion.Top,
        SourceWidth = prepared.SourceRegion.Width,
        SourceHeight = prepared.SourceRegion.Height,
    };
}
