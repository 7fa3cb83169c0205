using Cdam.Attribution.Explanations;
using Cdam.Explainer.Explaining;

namespace Cdam.Explainer.Wire;

/// <summary>Writes the tensors that a stream asked for, in chunks.</summary>
internal static class TokenTensorWriter
{
    /// <param name="explained">The answer.</param>
    /// <param name="index">The view whose tensors.</param>
    public static IEnumerable<V1.TokenTensorChunk> Write(Explained explained, int index)
    {
        var (explanation, backbone) = (explained.Explanation, explained.Plan.Model.Engine.Backbone);
        var (view, direction) = (explanation.Views[index], ViewWriter.Write(explained.Image.Views[index].View));
        long[] tokens = [explanation.Grid.Tokens, backbone.Dim];
        var chunks = Chunks(V1.TokenTensorKind.Tokens, null, view.Tokens, tokens, direction);
        foreach (var (gradient, target) in (view.TokenGradients ?? []).Zip(explanation.Targets))
        {
            chunks = chunks.Concat(Chunks(V1.TokenTensorKind.TokenGradients, target, gradient, tokens, direction));
        }

        return chunks.Concat(Chunks(V1.TokenTensorKind.Attention, null, view.Attention, [backbone.Heads, explanation.Grid.Tokens], direction));
    }

    private static IEnumerable<V1.TokenTensorChunk> Chunks(
        V1.TokenTensorKind kind, ResolvedTarget? target, float[]? values, long[] shape, V1.View view) =>
        values is null
            ? []
            : TensorWriter.WriteChunks(values, shape).Select(chunk => new V1.TokenTensorChunk
            {
                Kind = kind,
                Target = target is null ? null : MapWriter.Write(target),
                Chunk = chunk,
                View = view,
            });
}
