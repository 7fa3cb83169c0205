namespace Cdam.Attribution.Explanations;

/// <summary>What the model says of one input.</summary>
/// <param name="Logits">All outputs, in their units; empty for a model without head.</param>
/// <param name="Latent">The final [CLS] after the last LayerNorm, embedding-dim values.</param>
public sealed record Prediction(float[] Logits, float[] Latent)
{
    /// <summary>The mean over views of one thing; that of a single view is the view's, bit for bit.</summary>
    /// <param name="views">At least one, all of one model.</param>
    public static Prediction Mean(IReadOnlyList<Prediction> views)
    {
        ArgumentNullException.ThrowIfNull(views);
        return views.Count == 1
            ? views[0]
            : new Prediction(Mean(views, view => view.Logits), Mean(views, view => view.Latent));
    }

    private static float[] Mean(IReadOnlyList<Prediction> views, Func<Prediction, float[]> values) =>
        [.. Enumerable.Range(0, values(views[0]).Length).Select(index => (float)views.Average(view => (double)values(view)[index]))];
}
