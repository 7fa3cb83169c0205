using Cdam.Attribution.Arithmetic;
using static TorchSharp.torch;

namespace Cdam.Attribution.Models;

/// <summary>
/// Folds the scales of standardised outputs into the head's last layer, so that everything made of its logits is in clinical units:
/// mean + std (W l + b) = (std W) l + (std b + mean). CDAM is linear in f, so maps and gradients come out times std, too.
/// </summary>
/// <param name="lastLayer">Prefix of the last layer's tensors.</param>
/// <param name="scales">Null: outputs are left as they are.</param>
internal sealed class OutputUnits(string lastLayer, IReadOnlyList<OutputScale>? scales)
{
    public static OutputUnits Of(ModelManifest manifest) => new(manifest.Head == HeadKind.Mlp ? "2." : "", manifest.OutputScale);

    /// <exception cref="ModelException">There is not one scale for each output.</exception>
    public static void Check(ModelManifest manifest, int outputs)
    {
        if (manifest.OutputScale is { } scales && scales.Count != outputs)
        {
            throw new ModelException($"{manifest.Id}: output_scale has {scales.Count} entries; the head has {outputs} outputs");
        }
    }

    /// <param name="name">Of the tensor within the head.</param>
    /// <param name="weights">Not altered.</param>
    /// <returns>The tensor itself, or a new one in the open dispose scope.</returns>
    public Tensor Apply(string name, Tensor weights)
    {
        if (scales is null || !name.StartsWith(lastLayer, StringComparison.Ordinal))
        {
            return weights;
        }

        var std = tensor(scales.Select(scale => scale.Std).ToArray(), device: weights.device);
        return weights.dim() == 2
            ? weights * std.unsqueeze(1)
            : (weights * std).Plus(tensor(scales.Select(scale => scale.Mean).ToArray(), device: weights.device));
    }
}
