using Cdam.Attribution.Explanations;
using Cdam.Explainer.Explaining;

namespace Cdam.Explainer.Wire;

/// <summary>Writes answers, as one message or as a stream's events.</summary>
internal static class ExplainAnswerWriter
{
    /// <summary>All in one.</summary>
    public static V1.ExplainResponse Write(Explained explained, CancellationToken cancellation)
    {
        var response = Result(explained);
        foreach (var map in Maps(explained))
        {
            cancellation.ThrowIfCancellationRequested();
            response.Maps.Add(map);
        }

        return response;
    }

    /// <summary>Chunks of the tensors asked for, then maps; one at a time, so that drawing keeps pace with the reader.</summary>
    public static IEnumerable<V1.ExplainStreamResponse> Events(Explained explained, string id)
    {
        for (var view = 0; view < explained.Image.Views.Count; view++)
        {
            foreach (var chunk in TokenTensorWriter.Write(explained, view))
            {
                yield return new V1.ExplainStreamResponse { Id = id, Chunk = chunk };
            }
        }

        foreach (var map in Maps(explained))
        {
            yield return new V1.ExplainStreamResponse { Id = id, Map = map };
        }
    }

    /// <summary>Everything but the maps.</summary>
    public static V1.ExplainResponse Result(Explained explained)
    {
        var response = new V1.ExplainResponse
        {
            RequestId = explained.Plan.RequestId,
            Model = explained.Plan.Model.Name,
            Logits = { explained.Explanation.Prediction.Logits },
            Timings = new V1.Timings
            {
                QueueMs = explained.Timing.Queued.TotalMilliseconds,
                PreprocessMs = explained.Preprocessing.TotalMilliseconds,
                ComputeMs = explained.Timing.Computed.TotalMilliseconds,
                BatchSize = explained.Timing.Size,
            },
            TokenLayout = Write(explained.Explanation.Grid),
        };
        AddViews(explained, response);
        return response;
    }

    /// <summary>Drawn one by one as they are asked for.</summary>
    private static IEnumerable<V1.Map> Maps(Explained explained) =>
        explained.Explanation.Views.SelectMany((view, index) => view.Maps.Select(map => MapWriter.Write(map, explained, index)));

    private static void AddViews(Explained explained, V1.ExplainResponse response)
    {
        var (views, wanted) = (explained.Image.Views, explained.Plan.Maps.PreparedImage);
        if (views[0].View is null)
        {
            response.PreparedImage = wanted ? ViewWriter.Write(views[0].Prepared!) : null;
            return;
        }

        response.PreparedViews.AddRange(wanted ? views.Select(ViewWriter.WritePrepared) : []);
        response.ViewLogits.AddRange(views.Select((view, index) => new V1.ViewLogits
        {
            View = ViewWriter.Write(view.View),
            Logits = { explained.Explanation.Views[index].Prediction.Logits },
        }));
    }

    private static V1.TokenLayout Write(TokenGrid grid) =>
        new() { Rows = grid.Rows, Columns = grid.Columns, PatchSize = grid.Patch, PrefixTokenCount = grid.Prefix };
}
