using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;

namespace Cdam.Attribution.Concepts;

/// <summary>l_c, the mean latent of a concept's images (Eq. 4 of the paper), gathered image by image. Belongs to one thread.</summary>
/// <param name="model">Whose latents.</param>
public sealed class MeanLatent(ExplainableModel model)
{
    private readonly double[] _sum = new double[model.Backbone.Dim];

    /// <summary>Images so far.</summary>
    public int Images { get; private set; }

    /// <summary>Adds images of one size; they share a forward pass.</summary>
    /// <exception cref="AttributionException">A size does not fit the model.</exception>
    public void Add(IReadOnlyList<ModelInput> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        foreach (var image in images)
        {
            model.Check(image);
        }

        foreach (var prediction in images.Count == 0 ? [] : model.Predict(images))
        {
            for (var i = 0; i < _sum.Length; i++)
            {
                _sum[i] += prediction.Latent[i];
            }

            Images++;
        }
    }

    /// <summary>embedding-dim values.</summary>
    /// <exception cref="InvalidOperationException">There was no image.</exception>
    public float[] Vector() => Images > 0
        ? [.. _sum.Select(sum => (float)(sum / Images))]
        : throw new InvalidOperationException("a concept is the mean latent of images; at least 1 must be added");
}
