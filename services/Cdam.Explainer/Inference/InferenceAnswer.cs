using Cdam.Attribution.Explanations;
using Cdam.Explainer.Explaining;
using Inference;

namespace Cdam.Explainer.Inference;

/// <summary>Brings what was found out about a batch to the protocol's tensors.</summary>
internal static class InferenceAnswer
{
    /// <exception cref="AttributionException">The batch's images have answers of different shapes.</exception>
    public static ModelInferResponse Write(InferencePlan plan, IReadOnlyList<Explained> batch)
    {
        var response = new ModelInferResponse { ModelName = plan.Request.ModelName, ModelVersion = "1", Id = plan.Request.Id };
        foreach (var output in plan.Outputs)
        {
            Tensor(output, batch).AddTo(response, raw: plan.Request.RawInputContents.Count > 0);
        }

        return response;
    }

    private static InferenceTensor Tensor(string output, IReadOnlyList<Explained> batch) => output switch
    {
        InferenceOutputs.Logits => Stack(output, batch, explained => Vector(explained.Explanation.Prediction.Logits)),
        InferenceOutputs.Latent => Stack(output, batch, explained => Vector(explained.Explanation.Prediction.Latent)),
        InferenceOutputs.TargetIndex => Stack(output, batch, explained => Vector([.. Targets(explained).Select(target => target.OutputIndex ?? -1L)])),
        InferenceOutputs.TargetValue => Stack(output, batch, explained => Vector([.. Targets(explained).Select(target => target.Value)])),
        InferenceOutputs.TargetName => Stack(output, batch, explained => Vector([.. Targets(explained).Select(target => target.Name)])),
        _ => Stack(output, batch, explained => Maps(output, explained)),
    };

    private static IReadOnlyList<ResolvedTarget> Targets(Explained explained) => explained.Explanation.Targets;

    private static (long[] Shape, T[] Values) Vector<T>(T[] values) => ([values.Length], values);

    /// <summary>Targets × rows × columns, behind the three views of a crop.</summary>
    private static (long[] Shape, float[] Values) Maps(string output, Explained explained)
    {
        var views = explained.Explanation.Views
            .Select(view => view.Maps.Where(map => InferenceOutputs.MapPrefix + map.Method.Name == output).ToList()).ToList();
        var first = views[0][0];
        long[] map = [views[0].Count, first.Rows, first.Columns];
        return (explained.Image.Views[0].View is null ? map : [views.Count, .. map], [.. views.SelectMany(maps => maps).SelectMany(scores => scores.Scores)]);
    }

    private static InferenceTensor Stack<T>(string output, IReadOnlyList<Explained> batch, Func<Explained, (long[] Shape, T[] Values)> of)
    {
        var parts = batch.Select(of).ToList();
        var other = parts.FindIndex(part => !part.Shape.AsSpan().SequenceEqual(parts[0].Shape));
        return other < 0
            ? new InferenceTensor(output, [batch.Count, .. parts[0].Shape], parts.SelectMany(part => part.Values).ToArray())
            : throw new AttributionException(
                InferenceInput.Field,
                $"element {other} has {output} of [{string.Join(", ", parts[other].Shape)}], element 0 of [{string.Join(", ", parts[0].Shape)}]; what differs cannot be one tensor, so send them one by one");
    }
}
