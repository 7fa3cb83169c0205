using Cdam.Attribution.Backbones;
using Cdam.Randomness;
using static TorchSharp.torch;

namespace Cdam.Training.Networks;

/// <summary>
/// Weights to start training from, as Vision Transformers are usually drawn (timm, DeiT), except that learned positions start from
/// <see cref="SinusoidalPositions"/>.
/// </summary>
internal static class FreshBackbone
{
    /// <summary>Standard deviation of products and embeddings.</summary>
    private const float Spread = 0.02f;

    /// <returns>Tensors by name, float32, the same for a seed on every machine.</returns>
    public static Dictionary<string, Tensor> Draw(BackboneConfig config, ulong seed)
    {
        var names = new StateNames(config.Naming);
        var state = new Dictionary<string, Tensor>();
        long position = 0;
        foreach (var (name, shape) in BackboneState.Describe(config))
        {
            var values = new float[shape.Aggregate(1L, (product, extent) => product * extent)];
            if (name == names.Positions)
            {
                SinusoidalPositions.Fill(values, config);
            }
            else if (shape.Length > 1)
            {
                GaussianNoise.Fill(values, seed, position);
                position += values.Length;
                Scale(values, shape.Length == 4 ? 1 / MathF.Sqrt(shape[1] * shape[2] * shape[3]) : Spread);
            }
            else if (name.EndsWith("weight", StringComparison.Ordinal))
            {
                Array.Fill(values, 1);    // LayerNorm
            }

            // Cloned into torch's own memory, which is aligned: where an array lies would show in the last digits of products, and a training
            // that was stopped would not end as one that was not.
            using var drawn = tensor(values, shape);
            state[name] = drawn.clone();
        }

        return state;
    }

    private static void Scale(float[] values, float factor)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}
